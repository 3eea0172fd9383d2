--[[ query_counter: count statements, of this connection and of all, and show them as a table that no server has.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/query_counter.lua

     SHOW QUERYCOUNTER     the counters        RESET QUERYCOUNTER    start anew

     An attribute of proxy belongs to the connection, proxy.global to all connections. ]]

proxy.global.count = proxy.global.count or 0

local function show()
	proxy.response = {
		type = proxy.MYSQLD_PACKET_OK,
		resultset = {
			fields = {
				{ name = "scope", type = proxy.MYSQL_TYPE_VAR_STRING },
				{ name = "statements", type = proxy.MYSQL_TYPE_LONGLONG },
			},
			rows = { { "connection", proxy.count or 0 }, { "all", proxy.global.count } },
		},
	}
end

function read_query(packet)
	if packet:byte() ~= proxy.COM_QUERY then
		return
	end
	local query = packet:sub(2):upper()
	if query == "SHOW QUERYCOUNTER" then
		show()
		return proxy.PROXY_SEND_RESULT
	elseif query == "RESET QUERYCOUNTER" then
		proxy.count, proxy.global.count = 0, 0
		proxy.response = { type = proxy.MYSQLD_PACKET_OK }
		return proxy.PROXY_SEND_RESULT
	end
	proxy.count = (proxy.count or 0) + 1
	proxy.global.count = proxy.global.count + 1
end
