--[[ failover: a standby serves when no primary can be reached.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 \
         --proxy-read-only-backend-addresses=127.0.0.1:3307 --proxy-lua-script=samples/lua/failover.lua

     SHOW BACKENDS     what is known of them

     A connection that fails makes its backend DOWN and calls connect_server again; a few seconds later it counts as unknown,
     and is tried once more. The proxy itself never chooses a read-only backend: the script does. ]]

local STATES = { [0] = "unknown", "up", "down" }
local TYPES = { [0] = "unknown", "primary", "standby" }

local function find(wanted)
	for i = 1, #proxy.global.backends do
		local backend = proxy.global.backends[i]
		if backend.type == wanted and backend.state ~= proxy.BACKEND_STATE_DOWN then
			return i
		end
	end
end

function connect_server()
	local primary = find(proxy.BACKEND_TYPE_RW)
	local standby = find(proxy.BACKEND_TYPE_RO)
	if not primary and standby then
		print("no primary: a standby serves")
	end
	proxy.connection.backend_ndx = primary or standby or 0
end

function read_query(packet)
	if packet:sub(2):upper() ~= "SHOW BACKENDS" then
		return
	end
	local rows = {}
	for i = 1, #proxy.global.backends do
		local backend = proxy.global.backends[i]
		rows[i] = { TYPES[backend.type], STATES[backend.state], backend.connected_clients }
	end
	proxy.response = {
		type = proxy.MYSQLD_PACKET_OK,
		resultset = { fields = { { name = "type" }, { name = "state" }, { name = "clients" } }, rows = rows },
	}
	return proxy.PROXY_SEND_RESULT
end
