-- Has every result held as a whole, and passes it on.
function read_query(packet)
	proxy.queries:append(1, packet, { resultset_is_needed = true })
	return proxy.PROXY_SEND_QUERY
end
