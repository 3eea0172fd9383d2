--[[ scope: where a counter has to live so that it lives as long as it should.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/scope.lua

     SHOW COUNTERS     three counters        RESET COUNTERS    start anew

     A Lua script has execution scope: its top level runs anew for each hook, so a file-level local starts anew, too. What has
     to last goes on proxy (this connection) or into proxy.global (all of them). The Python twin has global scope: there a
     module-level variable lasts as long as the process, and what is for one hook is local to a function. ]]

local hook = 0

proxy.global.process = proxy.global.process or 0

local function count()
	hook = hook + 1
	proxy.mine = (proxy.mine or 0) + 1
	proxy.global.process = proxy.global.process + 1
end

local function show()
	proxy.response = {
		type = proxy.MYSQLD_PACKET_OK,
		resultset = {
			fields = {
				{ name = "lives for", type = proxy.MYSQL_TYPE_VAR_STRING },
				{ name = "count", type = proxy.MYSQL_TYPE_LONGLONG },
			},
			rows = {
				{ "one hook", hook },
				{ "one connection", proxy.mine },
				{ "the process", proxy.global.process },
			},
		},
	}
end

function read_query(packet)
	local query = packet:sub(2):upper()
	if query == "RESET COUNTERS" then
		proxy.mine, proxy.global.process = 0, 0
		proxy.response = { type = proxy.MYSQLD_PACKET_OK }
		return proxy.PROXY_SEND_RESULT
	end
	count()
	if query == "SHOW COUNTERS" then
		show()
		return proxy.PROXY_SEND_RESULT
	end
end
