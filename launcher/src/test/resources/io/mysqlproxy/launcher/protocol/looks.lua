-- Looks at each login, and gives a client that quits no reason to give its connection up: the next one gets it.
function connect_server()
    proxy.connection.backend_ndx = 1
    if proxy.connection.server then
        proxy.global.reused = (proxy.global.reused or 0) + 1
        return proxy.PROXY_IGNORE_RESULT
    end
end

function read_auth()
    proxy.global.user = proxy.connection.client.username
end

function read_auth_result(auth)
    proxy.global.results = (proxy.global.results or "") .. auth.packet:byte() .. " "
end

function read_query(packet)
    if packet:byte() == proxy.COM_QUIT then
        if proxy.global.keep then proxy.connection.backend_ndx = 0 end
        proxy.response = { type = proxy.MYSQLD_PACKET_OK }
        return proxy.PROXY_SEND_RESULT
    end
    local text = packet:sub(2)
    if text == "SEEN" or text == "KEEP" then
        if text == "KEEP" then proxy.global.keep = true end
        local seen = proxy.global.user .. ": " .. proxy.global.results .. "reused " .. (proxy.global.reused or 0)
        proxy.global.results = nil
        proxy.response = {
            type = proxy.MYSQLD_PACKET_OK,
            resultset = { fields = { { name = "seen", type = proxy.MYSQL_TYPE_STRING } }, rows = { { seen } } }
        }
        return proxy.PROXY_SEND_RESULT
    end
end
