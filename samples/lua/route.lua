--[[ route: choose the server by the client's name, or by a hint in the statement.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 \
         --proxy-read-only-backend-addresses=127.0.0.1:3307 --proxy-lua-script=samples/lua/route.lua

     The user "report" reads from read-only servers, everybody else from read/write ones; a statement that begins with the
     comment /* read-only */ or /* read/write */ says itself where it goes. EXPLAIN ROUTE and a statement shows the choice.
     Connections are lent as in rw_split: where no idle one of the user is found, any other will do. ]]

local USERS = { report = "read-only" }
local TYPES = { ["read/write"] = proxy.BACKEND_TYPE_RW, ["read-only"] = proxy.BACKEND_TYPE_RO }

local function route(query)
	local hint = query:match("^%s*/%*%s*(read[-/]%a+)%s*%*/")
	return TYPES[hint] and hint or USERS[proxy.connection.client.username] or "read/write"
end

function connect_server()
	local best, fewest
	for i = 1, #proxy.global.backends do
		local backend = proxy.global.backends[i]
		local idle = backend.pool.users[""].cur_idle_connections
		if backend.state ~= proxy.BACKEND_STATE_DOWN and (not best or idle < fewest) then
			best, fewest = i, idle
		end
	end
	proxy.connection.backend_ndx = best or 0
end

function read_auth_result(auth)
	if auth.packet:byte() == proxy.MYSQLD_PACKET_OK then
		proxy.connection.backend_ndx = 0
	end
end

local function borrow(wanted)
	local user = proxy.connection.client.username
	for i = 1, #proxy.global.backends do
		local backend = proxy.global.backends[i]
		if (not wanted or backend.type == wanted) and backend.pool.users[user].cur_idle_connections > 0 then
			proxy.connection.backend_ndx = i
			return true
		end
	end
end

local function explain(query)
	proxy.response = {
		type = proxy.MYSQLD_PACKET_OK,
		resultset = { fields = { { name = "route" } }, rows = { { route(query) } } },
	}
	return proxy.PROXY_SEND_RESULT
end

function read_query(packet)
	local query = packet:byte() == proxy.COM_QUERY and packet:sub(2) or ""
	local explained = query:match("^EXPLAIN ROUTE (.*)")
	if explained then
		return explain(explained)
	elseif packet:byte() == proxy.COM_QUIT then
		proxy.response = { type = proxy.MYSQLD_PACKET_OK }
		return proxy.PROXY_SEND_RESULT
	end
	if not proxy.connection.server and not borrow(TYPES[route(query)]) then
		borrow()
	end
	proxy.queries:append(1, packet, { resultset_is_needed = true })
	return proxy.PROXY_SEND_QUERY
end

function read_query_result(inj)
	local simple = inj.query:byte() == proxy.COM_QUERY or inj.query:byte() == proxy.COM_PING
	if simple and not inj.resultset.flags.in_trans then
		proxy.connection.backend_ndx = 0
	end
end
