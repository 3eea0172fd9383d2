--[[ query_time: print the statements that take long.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/query_time.lua

     query_time is the time until the answer begins, response_time until it ends, both in microseconds from the moment the
     statement was queued. ]]

local LIMIT = 200 * 1000

function read_query(packet)
	if packet:byte() == proxy.COM_QUERY then
		proxy.queries:append(1, packet)
		return proxy.PROXY_SEND_QUERY
	end
end

function read_query_result(inj)
	if inj.response_time >= LIMIT then
		local first, last = inj.query_time / 1000, inj.response_time / 1000
		print(string.format("slow: %.3f ms to the first row, %.3f ms to the last: %s", first, last, inj.query:sub(2)))
	end
end
