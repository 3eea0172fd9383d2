--[[ query_log: who asked what, how long the server took, how many rows came back.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/query_log.lua

     A hook that only looks has to queue the command itself, so that read_query_result is told about the answer. The
     answer still reaches the client while it comes in: nothing is held back. ]]

-- MariaDB's clients execute a statement for many rows at once with it
local BULK_EXECUTE = 250

local LOGGED = {
	[proxy.COM_QUERY] = true,
	[proxy.COM_STMT_PREPARE] = true,
	[proxy.COM_STMT_EXECUTE] = true,
	[BULK_EXECUTE] = true,
}

local function describe(packet)
	local command = packet:byte()
	if command == proxy.COM_STMT_EXECUTE or command == BULK_EXECUTE then
		local a, b, c, d = packet:byte(2, 5)
		return (command == BULK_EXECUTE and "BULK EXECUTE" or "EXECUTE") .. " statement " .. (d and a + b * 2 ^ 8 + c * 2 ^ 16 + d * 2 ^ 24 or "without a number")
	end
	return packet:sub(2)
end

function read_query(packet)
	if LOGGED[packet:byte()] then
		proxy.queries:append(1, packet)
		return proxy.PROXY_SEND_QUERY
	end
end

function read_query_result(inj)
	local client = proxy.connection.client
	print(string.format("%s@%s [%s] %.3f ms, %d rows: %s",
		client.username, client.src.name, client.default_db,
		inj.response_time / 1000, inj.resultset.row_count, describe(inj.query)))
end
