-- Chooses a backend that has an idle connection of the client's user.

module("proxy.balance", package.seeall)

local function is_idle(backend, type)
	local user = proxy.connection.client.username
	return backend.type == type
		and backend.state ~= proxy.BACKEND_STATE_DOWN
		and backend.pool.users[user].cur_idle_connections > 0
end

--- The index of the first read/write backend that will do; 0 if none does.
function idle_failsafe_rw()
	local backends = proxy.global.backends
	for i = 1, #backends do
		if is_idle(backends[i], proxy.BACKEND_TYPE_RW) then
			return i
		end
	end
	return 0
end

--- The index of the read-only backend that will do and has the fewest clients; 0 if none does.
function idle_ro()
	local backends = proxy.global.backends
	local best, fewest = 0, nil
	for i = 1, #backends do
		local backend = backends[i]
		if is_idle(backend, proxy.BACKEND_TYPE_RO) and (not fewest or backend.connected_clients < fewest) then
			best, fewest = i, backend.connected_clients
		end
	end
	return best
end
