--[[ union: ask several servers, and give the client all rows as one result.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306,127.0.0.1:3307 \
         --proxy-lua-script=samples/lua/union.lua

     EVERYWHERE and a SELECT goes to one backend after the other. Connections are lent as in rw_split: each backend is asked that
     has an idle connection of this user, so the second one takes part from the second client on. What the result looks like
     is up to the first server. ]]

local function lend(wanted)
	local user = proxy.connection.client.username
	for i = wanted, #proxy.global.backends do
		if proxy.global.backends[i].pool.users[user].cur_idle_connections > 0 then
			proxy.connection.backend_ndx = i
			return i
		end
	end
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

function read_query(packet)
	if packet:byte() == proxy.COM_QUIT then
		proxy.response = { type = proxy.MYSQLD_PACKET_OK }
		return proxy.PROXY_SEND_RESULT
	end
	local query = packet:byte() == proxy.COM_QUERY and packet:sub(2):match("^EVERYWHERE (.*)")
	proxy.all = query and { rows = {} }
	local command = query and string.char(proxy.COM_QUERY) .. query or packet
	if not proxy.connection.server then
		proxy.at = lend(1)
	end
	proxy.queries:append(1, command, { resultset_is_needed = true })
	return proxy.PROXY_SEND_QUERY
end

local function collect(res)
	local all = proxy.all
	if not all.fields then
		all.fields = {}
		for i = 1, #res.fields do
			all.fields[i] = { name = res.fields[i].name, type = res.fields[i].type }
		end
	end
	for row in res.rows do
		all.rows[#all.rows + 1] = row
	end
end

function read_query_result(inj)
	local res = inj.resultset
	if not proxy.all or not res.rows then
		proxy.connection.backend_ndx = 0
		return
	end
	collect(res)
	proxy.connection.backend_ndx = 0
	proxy.at = proxy.at and lend(proxy.at + 1)
	if proxy.at then
		proxy.queries:append(1, inj.query, { resultset_is_needed = true })
		return proxy.PROXY_IGNORE_RESULT
	end
	proxy.response = {
		type = proxy.MYSQLD_PACKET_OK,
		resultset = { fields = proxy.all.fields, rows = proxy.all.rows },
	}
	return proxy.PROXY_SEND_RESULT
end
