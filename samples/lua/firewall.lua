--[[ firewall: refuse statements that match a pattern.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/firewall.lua

     Patterns see the statement in lower case, with comments taken out and blanks made single. They know nothing of strings: a
     harmless 'drop table' in quotes is refused as well. ]]

local RULES = {
	{ "^drop ", "DROP is not allowed" },
	{ "^truncate ", "TRUNCATE is not allowed" },
	{ "[ (]sleep ?%(", "SLEEP is not allowed" },
	{ " union .*select ", "UNION SELECT is not allowed" },
}
local NEEDS_WHERE = { ["delete"] = true, ["update"] = true }

local function normalized(query)
	local text = query:lower():gsub("/%*.-%*/", " "):gsub("%-%- [^\n]*", " "):gsub("%s+", " ")
	return (text:gsub("^ ", ""))
end

local function reason(text)
	for _, rule in ipairs(RULES) do
		if text:find(rule[1]) then
			return rule[2]
		end
	end
	local verb = text:match("^%a+")
	if NEEDS_WHERE[verb] and not text:find(" where ", 1, true) then
		return verb:upper() .. " without WHERE is not allowed"
	end
end

function read_query(packet)
	local first = packet:byte()
	if first ~= proxy.COM_QUERY and first ~= proxy.COM_STMT_PREPARE then
		return
	end
	local why = reason(normalized(packet:sub(2)))
	if why then
		print("refused: " .. proxy.connection.client.username .. ": " .. packet:sub(2))
		proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errcode = 1142, sqlstate = "42000", errmsg = why }
		return proxy.PROXY_SEND_RESULT
	end
end
