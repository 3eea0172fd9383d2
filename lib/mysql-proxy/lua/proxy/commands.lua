-- Takes command packets apart: the first byte says which command, the rest what it is about.

module("proxy.commands", package.seeall)

-- by number, from 0 on
local names = {
	[0] = "COM_SLEEP", "COM_QUIT", "COM_INIT_DB", "COM_QUERY", "COM_FIELD_LIST", "COM_CREATE_DB", "COM_DROP_DB",
	"COM_REFRESH", "COM_SHUTDOWN", "COM_STATISTICS", "COM_PROCESS_INFO", "COM_CONNECT", "COM_PROCESS_KILL", "COM_DEBUG",
	"COM_PING", "COM_TIME", "COM_DELAYED_INSERT", "COM_CHANGE_USER", "COM_BINLOG_DUMP", "COM_TABLE_DUMP",
	"COM_CONNECT_OUT", "COM_REGISTER_SLAVE", "COM_STMT_PREPARE", "COM_STMT_EXECUTE", "COM_STMT_SEND_LONG_DATA",
	"COM_STMT_CLOSE", "COM_STMT_RESET", "COM_SET_OPTION", "COM_STMT_FETCH", "COM_DAEMON", "COM_BINLOG_DUMP_GTID",
	"COM_RESET_CONNECTION", [250] = "COM_STMT_BULK_EXECUTE",
}

-- the field that takes everything behind the first byte
local rest = {
	COM_QUERY = "query",
	COM_STMT_PREPARE = "query",
	COM_INIT_DB = "schema",
	COM_CREATE_DB = "schema",
	COM_DROP_DB = "schema",
	COM_FIELD_LIST = "table",
	COM_SET_OPTION = "option",
}

local by_handle = { COM_STMT_EXECUTE = true, COM_STMT_BULK_EXECUTE = true, COM_STMT_CLOSE = true }
local bare = { COM_QUIT = true, COM_SHUTDOWN = true, COM_PING = true, COM_BINLOG_DUMP = true }

local function handle(packet)
	local a, b, c, d = packet:byte(2, 5)
	if not d then
		error("the packet is too short for a statement handle", 3)
	end
	return a + b * 256 + c * 65536 + d * 16777216
end

--- A table of type, type_name and what the command is about.
function parse(packet)
	local kind = packet:byte()
	if not kind then
		error("an empty packet is no command", 2)
	end
	local name = names[kind]
	local command = { type = kind, type_name = name }
	if rest[name] then
		command[rest[name]] = packet:sub(2)
	elseif by_handle[name] then
		command.stmt_handler_id = handle(packet)
	elseif not bare[name] then
		print("[debug] (command) unhandled type name:" .. tostring(name) .. " byte:" .. kind)
	end
	return command
end

-- what is shown of a command behind its name
local shown = {
	COM_QUERY = "query",
	COM_STMT_PREPARE = "query",
	COM_INIT_DB = "schema",
	COM_STMT_EXECUTE = "stmt_handler_id",
	COM_STMT_BULK_EXECUTE = "stmt_handler_id",
}

local name_only = { COM_QUIT = true, COM_PING = true, COM_SHUTDOWN = true, COM_FIELD_LIST = true }

--- One line for people to read.
function pretty_print(command)
	local name = command.type_name
	if not name then
		return "[unknown " .. tostring(command.type) .. "]"
	elseif shown[name] then
		return "[" .. name .. "] " .. tostring(command[shown[name]])
	elseif name_only[name] then
		return "[" .. name .. "]"
	end
	return "[" .. name .. "] ... no idea"
end
