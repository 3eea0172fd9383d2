-- Takes the time of every command.
local total = 0

function read_query(packet)
	proxy.queries:append(1, packet)
	return proxy.PROXY_SEND_QUERY
end

function read_query_result(inj)
	total = total + inj.query_time
end
