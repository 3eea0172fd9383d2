--[[ mask: hide cells of a result before the client sees it.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/mask.lua

     Columns called "card" or "password" keep their last four characters; the rest turns into stars. Results without such
     a column pass as the server sent them, and so do NULLs. Prepared statements are not masked: their rows are binary,
     and a result that a script makes up is text. ]]

local SECRET = { card = true, password = true }
local VISIBLE = 4

local function mask(text)
	local hidden = math.max(0, #text - VISIBLE)
	return ("*"):rep(hidden) .. text:sub(hidden + 1)
end

local function secrets(fields)
	local found = {}
	for i = 1, #fields do
		if SECRET[fields[i].name:lower()] then
			found[#found + 1] = i
		end
	end
	return found
end

function read_query(packet)
	if packet:byte() == proxy.COM_QUERY then
		proxy.queries:append(1, packet, { resultset_is_needed = true })
		return proxy.PROXY_SEND_QUERY
	end
end

function read_query_result(inj)
	local columns = inj.resultset.fields
	local hidden = secrets(columns)
	if #hidden == 0 then
		return
	end
	local fields, rows = {}, {}
	for i = 1, #columns do
		fields[i] = { name = columns[i].name, type = columns[i].type }
	end
	for row in inj.resultset.rows do
		for _, i in ipairs(hidden) do
			row[i] = row[i] and mask(row[i])
		end
		rows[#rows + 1] = row
	end
	proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = { fields = fields, rows = rows } }
	return proxy.PROXY_SEND_RESULT
end
