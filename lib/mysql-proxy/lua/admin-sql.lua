-- Sends rare commands of the protocol: each has a word that can be typed into a client, in capitals.
--
--   bin/launcher --plugins=proxy --proxy-lua-script=lib/mysql-proxy/lua/admin-sql.lua

local COMMANDS = {
	["COMMIT SUICIDE"] = "SHUTDOWN",
	PING = "PING",
	STATISTICS = "STATISTICS",
	PROCINFO = "PROCESS_INFO",
	TIME = "TIME",
	DEBUG = "DEBUG",
	PROCKILL = "PROCESS_KILL",
	SETOPT = "SET_OPTION",
	BINLOGDUMP = "BINLOG_DUMP",
	BINLOGDUMP1 = "BINLOG_DUMP",
	REGSLAVE = "REGISTER_SLAVE",
	REGSLAVE1 = "REGISTER_SLAVE",
	PREP = "STMT_PREPARE",
	PREP1 = "STMT_PREPARE",
	EXEC = "STMT_EXECUTE",
	EXEC1 = "STMT_EXECUTE",
	DEAL = "STMT_CLOSE",
	DEAL1 = "STMT_CLOSE",
	RESET = "STMT_RESET",
	RESET1 = "STMT_RESET",
	FETCH = "STMT_FETCH",
	FETCH1 = "STMT_FETCH",
	FLIST = "FIELD_LIST",
	FLIST1 = "FIELD_LIST",
	TDUMP = "TABLE_DUMP",
	TDUMP1 = "TABLE_DUMP",
	TDUMP2 = "TABLE_DUMP",
}

-- what follows the command's byte; nothing for all others
local ARGUMENTS = {
	-- position, flags, id of the server, name of the log
	BINLOGDUMP1 = "\4\0\0\0" .. "\0\0" .. "\2\0\0\0" .. "\0",
	-- id of the server, host, user, password, port, rank, id of its master
	REGSLAVE1 = "\1\0\0\0" .. "\0" .. "\0" .. "\0" .. "\1\0" .. "\0\0\0\0" .. "\1\0\0\0",
	PREP1 = "SELECT ?",
	-- statement, flags, iterations, NULL bits, types are bound, a string, its value
	EXEC1 = "\1\0\0\0" .. "\0" .. "\1\0\0\0" .. "\0" .. "\1" .. "\0\254" .. "\0041234",
	DEAL1 = "\1\0\0\0",
	RESET1 = "\1\0\0\0",
	-- statement, rows
	FETCH1 = "\1\0\0\0" .. "\128\0\0\0",
	-- table, wildcard
	FLIST1 = "t1\0id\0\0\0",
	TDUMP1 = "\4test\2t1",
	TDUMP2 = "\4test\2t2",
}

-- clients cannot read the answers to these as the answer to a query
local ANSWERED_OK = {
	SHUTDOWN = true, SET_OPTION = true, BINLOG_DUMP = true, STMT_PREPARE = true, STMT_FETCH = true, FIELD_LIST = true,
	TABLE_DUMP = true, DEBUG = true,
}
local FORWARDED = {
	PING = true, TIME = true, PROCESS_KILL = true, REGISTER_SLAVE = true, STMT_EXECUTE = true, STMT_RESET = true,
	PROCESS_INFO = true,
}

local function number(name)
	return proxy["COM_" .. name]
end

local function name_of(id)
	for _, name in pairs(COMMANDS) do
		if number(name) == id then
			return name
		end
	end
end

function read_query(packet)
	local word = packet:byte() == proxy.COM_QUERY and packet:sub(2)
	local name = COMMANDS[word]
	if not name then
		return nil
	end
	local kind = number(name)
	proxy.queries:append(kind, string.char(kind) .. (ARGUMENTS[word] or ""), { resultset_is_needed = true })
	return proxy.PROXY_SEND_QUERY
end

function read_query_result(inj)
	local name = name_of(inj.id)
	local raw = inj.resultset.raw
	if FORWARDED[name] or (ANSWERED_OK[name] and raw:byte() == proxy.MYSQLD_PACKET_ERR) then
		return nil
	elseif ANSWERED_OK[name] then
		proxy.response = { type = proxy.MYSQLD_PACKET_OK }
	elseif name == "STATISTICS" then
		proxy.response = {
			type = proxy.MYSQLD_PACKET_OK,
			resultset = { fields = { { name = "statisitics", type = proxy.MYSQL_TYPE_STRING } }, rows = { { raw } } },
		}
	else
		proxy.response = { type = proxy.MYSQLD_PACKET_ERR }
	end
	return proxy.PROXY_SEND_RESULT
end
