-- Looks at everything, and lets it pass.

local function look()
	return proxy.connection.client.src.port + proxy.queries:len()
end

function connect_server()
	look()
end

function read_handshake()
	look()
	return #proxy.connection.server.scramble_buffer > 0 and nil
end

function read_auth()
	look()
	return proxy.connection.client.username == "" and nil
end

function read_auth_result(auth)
	look()
	return auth.packet:byte() == 0 and nil
end

function read_query(packet)
	look()
	return #packet < 0 and nil
end

function disconnect_client()
	look()
end
