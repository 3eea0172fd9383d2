--[[ mock: play a server that does not exist.

     bin/launcher --plugins=proxy --proxy-lua-script=samples/lua/mock.lua

     connect_server answers with a greeting of its own, so no backend is looked for; every login is accepted; read_query answers
     everything. SELECT @@name AS alias, ... is what drivers ask when they connect: unknown variables are 0. ]]

local GREETING = "\n8.0.0-mock\0" -- protocol 10, version
	.. "\1\0\0\0" -- connection id
	.. "01234567\0" -- scramble, first part
	.. "\13\162\45\2\0" -- capabilities, low half; utf8mb4; auto-commit
	.. "\8\0\21" -- high half: authentication plugins; length of the scramble
	.. ("\0"):rep(10)
	.. "890123456789\0mysql_native_password\0"

local VARIABLES = {
	character_set_client = "utf8mb4",
	character_set_connection = "utf8mb4",
	character_set_results = "utf8mb4",
	character_set_server = "utf8mb4",
	collation_connection = "utf8mb4_general_ci",
	collation_server = "utf8mb4_general_ci",
	license = "mock",
	max_allowed_packet = "67108864",
	sql_mode = "",
	system_time_zone = "UTC",
	time_zone = "SYSTEM",
	transaction_isolation = "REPEATABLE-READ",
	version_comment = "mock",
}

local function answer(names, row)
	local fields = {}
	for i, name in ipairs(names) do
		fields[i] = { name = name, type = proxy.MYSQL_TYPE_VAR_STRING }
	end
	proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = { fields = fields, rows = { row } } }
end

local function variables(query)
	local names, row = {}, {}
	for name, rest in query:gmatch("@@([%w_.]+)([^,@]*)") do
		names[#names + 1] = rest:match("^%s+[aA][sS]%s+([%w_]+)") or "@@" .. name
		row[#row + 1] = VARIABLES[name:gsub("^.*%.", "")] or "0"
	end
	answer(names, row)
end

function connect_server()
	proxy.response = { type = proxy.MYSQLD_PACKET_RAW, packets = { GREETING } }
	return proxy.PROXY_SEND_RESULT
end

function read_query(packet)
	local query = packet:byte() == proxy.COM_QUERY and packet:sub(2):gsub("^/%*.-%*/%s*", "") or ""
	local text = query:match("^[eE][cC][hH][oO] (.*)")
	if text then
		answer({ "echo" }, { text })
	elseif query:match("^[sS][eE][lL][eE][cC][tT]%s+@@") then
		variables(query)
	elseif query:match("^[sS][eE][lL][eE][cC][tT] ") then
		proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errcode = 1146, sqlstate = "42S02", errmsg = "there are no tables" }
	else
		proxy.response = { type = proxy.MYSQLD_PACKET_OK }
	end
	return proxy.PROXY_SEND_RESULT
end
