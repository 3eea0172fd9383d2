--[[ rw_split: read from read-only servers, write to the others.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 \
         --proxy-read-only-backend-addresses=127.0.0.1:3307 --proxy-lua-script=samples/lua/rw_split.lua

     A client's connection is put into the pool of its backend as soon as it is logged in, and every statement borrows one: a
     SELECT from a read-only backend if one has an idle connection of this user, anything else from a read/write one. Inside
     a transaction, and once a statement is prepared, the client stays where it is. New connections go where fewest are idle,
     so the pools fill as clients come. ]]

local function idle(backend, user)
	return backend.pool.users[user].cur_idle_connections
end

function connect_server()
	local best
	for i = 1, #proxy.global.backends do
		local backend = proxy.global.backends[i]
		local fewer = best == nil or idle(backend, "") < idle(proxy.global.backends[best], "")
		if backend.state ~= proxy.BACKEND_STATE_DOWN and fewer then
			best = i
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
		if (not wanted or backend.type == wanted) and idle(backend, user) > 0 then
			proxy.connection.backend_ndx = i
			return backend.type
		end
	end
end

local function reads(packet)
	local query = packet:sub(2):lower()
	return packet:byte() == proxy.COM_QUERY
		and query:match("^%s*select%s")
		and not query:find("for update", 1, true)
		and not query:find("last_insert_id", 1, true)
end

function read_query(packet)
	if packet:byte() == proxy.COM_QUIT then
		proxy.response = { type = proxy.MYSQLD_PACKET_OK }
		return proxy.PROXY_SEND_RESULT
	end
	if not proxy.connection.server then
		local wanted = reads(packet) and proxy.BACKEND_TYPE_RO or proxy.BACKEND_TYPE_RW
		local got = borrow(wanted) or borrow()
		if got == proxy.BACKEND_TYPE_RO then
			print("read-only: " .. packet:sub(2))
		end
	end
	proxy.sticky = proxy.sticky or packet:byte() == proxy.COM_STMT_PREPARE
	proxy.queries:append(1, packet, { resultset_is_needed = true })
	return proxy.PROXY_SEND_QUERY
end

function read_query_result(inj)
	if inj.query:byte() == proxy.COM_QUERY then
		proxy.in_transaction = inj.resultset.flags.in_trans
	end
	if not proxy.in_transaction and not proxy.sticky then
		proxy.connection.backend_ndx = 0
	end
end

function disconnect_client()
	if not proxy.in_transaction then
		proxy.connection.backend_ndx = 0
	end
end
