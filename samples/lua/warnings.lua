--[[ warnings: look for warnings after each statement, and print them.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/warnings.lua

     The result says how many warnings there are; only then SHOW WARNINGS is injected. The client's own result has gone on
     by then, and it gets nothing of this. ]]

local CLIENT, WARNINGS = 1, 2

function read_query(packet)
	if packet:byte() == proxy.COM_QUERY then
		proxy.queries:append(CLIENT, packet, { resultset_is_needed = true })
		return proxy.PROXY_SEND_QUERY
	end
end

function read_query_result(inj)
	if inj.id == CLIENT then
		if inj.resultset.warning_count > 0 then
			local query = string.char(proxy.COM_QUERY) .. "SHOW WARNINGS"
			proxy.queries:append(WARNINGS, query, { resultset_is_needed = true })
		end
		return
	end
	for row in inj.resultset.rows do
		print(row[1] .. " " .. row[2] .. ": " .. row[3])
	end
	return proxy.PROXY_IGNORE_RESULT
end
