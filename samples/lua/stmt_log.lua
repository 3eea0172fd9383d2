--[[ stmt_log: follow prepared statements from PREPARE to CLOSE, by their text.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/stmt_log.lua

     EXECUTE and CLOSE carry a number only. The answer to PREPARE says which one, so it is held until its number is noted; the
     notes are on proxy, since numbers are per connection. ]]

-- MariaDB's clients execute a statement for many rows at once with it
local BULK_EXECUTE = 250

local function number(bytes, at)
	local a, b, c, d = bytes:byte(at, at + 3)
	return a + b * 256 + c * 65536 + d * 16777216
end

local function texts()
	proxy.statements = proxy.statements or {}
	return proxy.statements
end

function read_query(packet)
	local command = packet:byte()
	if command == proxy.COM_STMT_PREPARE then
		proxy.queries:append(1, packet, { resultset_is_needed = true })
		return proxy.PROXY_SEND_QUERY
	elseif command == proxy.COM_STMT_EXECUTE then
		print("execute: " .. (texts()[number(packet, 2)] or "?"))
	elseif command == BULK_EXECUTE then
		print("bulk execute: " .. (texts()[number(packet, 2)] or "?"))
	elseif command == proxy.COM_STMT_CLOSE then
		local id = number(packet, 2)
		print("close: " .. (texts()[id] or "?"))
		texts()[id] = nil
	end
end

function read_query_result(inj)
	local raw, text = inj.resultset.raw, inj.query:sub(2)
	if raw:byte() == proxy.MYSQLD_PACKET_OK then
		texts()[number(raw, 2)] = text
		local parameters = raw:byte(8) + raw:byte(9) * 256
		print(string.format("prepare: %s (%d parameters)", text, parameters))
	else
		print("prepare failed: " .. text)
	end
end
