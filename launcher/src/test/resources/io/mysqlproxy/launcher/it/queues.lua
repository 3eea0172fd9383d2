-- Queues every command that has an answer, which passes while it comes in.

local UNANSWERED = {
	[proxy.COM_QUIT] = true,
	[proxy.COM_STMT_CLOSE] = true,
	[proxy.COM_STMT_SEND_LONG_DATA] = true,
}

function read_query(packet)
	if not UNANSWERED[packet:byte()] then
		proxy.queries:append(1, packet)
		return proxy.PROXY_SEND_QUERY
	end
end

function read_query_result(inj)
	assert(inj.id == 1)
end
