-- Answers every SELECT itself, with what a point select of sysbench returns: one row, one column of 120 characters.
local text = ("0123456789-"):rep(11):sub(1, 120)

function read_query(packet)
	if packet:byte() ~= proxy.COM_QUERY or packet:sub(2, 7) ~= "SELECT" then
		return
	end
	proxy.response = {
		type = proxy.MYSQLD_PACKET_OK,
		resultset = {
			fields = { { name = "c", type = proxy.MYSQL_TYPE_STRING } },
			rows = { { text } },
		},
	}
	return proxy.PROXY_SEND_RESULT
end
