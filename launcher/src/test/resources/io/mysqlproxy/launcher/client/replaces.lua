-- Rewrites every statement, and answers one of them itself.

local FROM_SCRIPT = "SELECT 'rebuilt' AS word"

function read_query(packet)
	if packet:byte() ~= proxy.COM_QUERY then
		return
	end
	local sql = packet:sub(2)
	proxy.queries:append(sql == FROM_SCRIPT and 2 or 1, packet:sub(1, 1) .. "/* rewritten */ " .. sql,
		{ resultset_is_needed = sql == FROM_SCRIPT })
	return proxy.PROXY_SEND_QUERY
end

function read_query_result(inj)
	if inj.id == 2 then
		local rows = {}
		for row in inj.resultset.rows do
			rows[#rows + 1] = row
		end
		proxy.response = {
			type = proxy.MYSQLD_PACKET_OK,
			resultset = { fields = { { name = inj.resultset.fields[1].name, type = inj.resultset.fields[1].type } }, rows = rows },
		}
		return proxy.PROXY_SEND_RESULT
	end
end
