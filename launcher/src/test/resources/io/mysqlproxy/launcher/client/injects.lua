-- Asks something of its own before and after each SELECT, and keeps the answers to itself.

function read_query(packet)
	if packet:byte() == proxy.COM_QUERY and packet:sub(2, 7):upper() == "SELECT" then
		proxy.queries:append(2, string.char(proxy.COM_QUERY) .. "SELECT 'before'", { resultset_is_needed = true })
		proxy.queries:append(1, packet)
		if not packet:find(";", 1, true) then
			proxy.queries:append(2, string.char(proxy.COM_PING), { resultset_is_needed = true })
		end
		return proxy.PROXY_SEND_QUERY
	end
end

function read_query_result(inj)
	if inj.id == 2 then
		return proxy.PROXY_IGNORE_RESULT
	end
end
