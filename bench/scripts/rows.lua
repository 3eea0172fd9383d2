-- Has every result held, and reads all its rows.
function read_query(packet)
	proxy.queries:append(1, packet, { resultset_is_needed = true })
	return proxy.PROXY_SEND_QUERY
end

function read_query_result(inj)
	local length = 0
	local rows = inj.resultset.rows
	if rows then
		for row in rows do
			length = length + #row[1]
		end
	end
end
