-- Spreads clients over equal backends: a new client goes to the one that serves fewest. For servers that are only read.
--
--   bin/launcher --plugins=proxy --proxy-backend-addresses=10.0.0.1:3306,10.0.0.2:3306 \
--       --proxy-lua-script=lib/mysql-proxy/lua/ro-balance.lua
--
-- A backend that does not answer is passed over until it is tried again; a client whose server goes is disconnected, and finds
-- another one when it comes back.

function connect_server()
	local best, fewest
	for i = 1, #proxy.global.backends do
		local backend = proxy.global.backends[i]
		local clients = backend.connected_clients
		if backend.state ~= proxy.BACKEND_STATE_DOWN and (not fewest or clients < fewest) then
			best, fewest = i, clients
		end
	end
	if best then
		proxy.connection.backend_ndx = best
	end
end
