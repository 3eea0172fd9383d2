--[[ keep_alive: keep server connections when their clients go, and give them to the next ones.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/keep_alive.lua

     The goodbye of the client stays here, so that the server's connection lives; when the client has gone the connection goes
     to the pool of its backend. A new client takes it over: it gets the greeting of that connection, and is logged in by
     COM_CHANGE_USER. ]]

function connect_server()
	for i = 1, #proxy.global.backends do
		local backend = proxy.global.backends[i]
		if backend.state ~= proxy.BACKEND_STATE_DOWN and backend.pool.users[""].cur_idle_connections > 0 then
			proxy.connection.backend_ndx = i
			print("taking an idle connection")
			return proxy.PROXY_IGNORE_RESULT
		end
	end
	print("opening a connection")
end

function read_query(packet)
	if packet:byte() == proxy.COM_QUIT then
		proxy.response = { type = proxy.MYSQLD_PACKET_OK }
		return proxy.PROXY_SEND_RESULT
	end
end

function disconnect_client()
	proxy.connection.backend_ndx = 0
end
