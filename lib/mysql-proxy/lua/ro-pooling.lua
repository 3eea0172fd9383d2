-- Shares connections to equal backends: each statement goes to the one that is least busy. For servers that are only read, as
-- there is no telling which of them a write would reach.
--
--   bin/launcher --plugins=proxy --proxy-backend-addresses=10.0.0.1:3306,10.0.0.2:3306 \
--       --proxy-lua-script=lib/mysql-proxy/lua/ro-pooling.lua
--
-- When a client keeps its connection, and how the options are set, is as in rw-splitting.lua.

local commands = require("proxy.commands")
local pooling = require("proxy.pooling")
require("proxy.auto-config")

if not proxy.global.config.ropool then
	proxy.global.config.ropool = { min_idle_connections = 4, max_idle_connections = 8 }
end

function connect_server()
	local chosen = pooling.choose(proxy.global.config.ropool)
	if chosen then
		proxy.connection.backend_ndx = chosen
	end
	if proxy.connection.server then
		return proxy.PROXY_IGNORE_RESULT
	end
end

function read_auth_result(auth)
	pooling.logged_in(auth)
end

-- The backends that are up, those with the fewest clients first.
local function candidates()
	local found, clients = {}, {}
	for i = 1, #proxy.global.backends do
		local backend = proxy.global.backends[i]
		if backend.state ~= proxy.BACKEND_STATE_DOWN then
			found[#found + 1] = i
			clients[i] = backend.connected_clients
		end
	end
	table.sort(found, function(a, b)
		return clients[a] < clients[b] or clients[a] == clients[b] and a < b
	end)
	return found
end

function read_query(packet)
	local cmd = commands.parse(packet)
	local answer = proxy.global.config:handle(cmd)
	if answer then
		return answer
	elseif cmd.type == proxy.COM_QUIT then
		-- the server's connection stays in the pool
		proxy.response = { type = proxy.MYSQLD_PACKET_OK }
		return proxy.PROXY_SEND_RESULT
	end
	return pooling.send(packet, cmd, candidates)
end

function read_query_result(inj)
	return pooling.answered(inj)
end

function disconnect_client()
	pooling.disconnected()
end
