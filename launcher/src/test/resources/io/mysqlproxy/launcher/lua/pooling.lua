-- A connection of a server is a client's for one statement only. Each user keeps as many as it has clients at once, so that
-- none of them ever finds the pools empty.
local KEPT = 4

local function backends()
    return proxy.global.backends
end

function connect_server()
    local least
    for i = 1, #backends() do
        local backend = backends()[i]
        backend.pool.min_idle_connections = KEPT
        if backend.state ~= proxy.BACKEND_STATE_DOWN then
            if backend.pool.users[""].cur_idle_connections > 0 then
                proxy.connection.backend_ndx = i
                if proxy.connection.server then
                    return proxy.PROXY_IGNORE_RESULT
                end
            end
            if not least or backend.connected_clients < backends()[least].connected_clients then
                least = i
            end
        end
    end
    proxy.connection.backend_ndx = least or 0
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
    local user, start = proxy.connection.client.username, math.random(#backends())
    for i = 0, #backends() - 1 do
        local at = (start + i - 1) % #backends() + 1
        if not proxy.connection.server and backends()[at].pool.users[user].cur_idle_connections > 0 then
            proxy.connection.backend_ndx = at
        end
    end
    proxy.queries:append(1, packet, { resultset_is_needed = true })
    return proxy.PROXY_SEND_QUERY
end

function read_query_result(inj)
    if not inj.resultset.flags.in_trans then
        proxy.connection.backend_ndx = 0
    end
end

function disconnect_client()
    proxy.connection.backend_ndx = 0
end
