--[[ rewrite: change statements on their way to the server.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/rewrite.lua

     Two rules: statements that still name the table "customer" are meant for "customers", and a SELECT from it without a
     LIMIT gets one. Everything else passes untouched. ]]

local LIMIT = 3

local function rewrite(sql)
	local new, renamed = sql:gsub("([%s`])customer([%s`,;])", "%1customers%2")
	if renamed == 0 then
		new, renamed = sql:gsub("(%s)customer$", "%1customers")
	end
	if renamed > 0 and new:lower():match("^%s*select%s") and not new:lower():find("%slimit%s") then
		new = new .. " LIMIT " .. LIMIT
	end
	return new
end

function read_query(packet)
	if packet:byte() ~= proxy.COM_QUERY then
		return
	end
	local sql = packet:sub(2)
	local new = rewrite(sql)
	if new ~= sql then
		proxy.queries:append(1, string.char(proxy.COM_QUERY) .. new)
		return proxy.PROXY_SEND_QUERY
	end
end
