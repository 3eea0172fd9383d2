--[[ inject: a statement before and one after each of the client's, whose results the client never sees.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/inject.lua

     Before: a user variable counts the statements of the connection. After: the count is read back and printed. Try
     SELECT @statements. ]]

local BEFORE, CLIENT, AFTER = 1, 2, 3

local function query(sql)
	return string.char(proxy.COM_QUERY) .. sql
end

function read_query(packet)
	if packet:byte() ~= proxy.COM_QUERY then
		return
	end
	local held = { resultset_is_needed = true }
	proxy.queries:append(BEFORE, query("SET @statements = IFNULL(@statements, 0) + 1"), held)
	proxy.queries:append(CLIENT, packet, held)
	proxy.queries:append(AFTER, query("SELECT @statements"), held)
	return proxy.PROXY_SEND_QUERY
end

function read_query_result(inj)
	if inj.id == CLIENT then
		return -- the client's own result goes on as it is
	end
	if inj.id == AFTER then
		for row in inj.resultset.rows do
			print("statements so far: " .. row[1])
		end
	end
	return proxy.PROXY_IGNORE_RESULT
end
