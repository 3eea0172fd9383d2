-- Cross tabulation: one statement of a client becomes the query that has a column for each value of a column.
--
--   bin/launcher --plugins=proxy --proxy-lua-script=lib/mysql-proxy/lua/xtab.lua
--
-- XTAB HELP, typed into a client, says the rest. DEBUG=1 in the environment prints the queries.

local VERSION = "0.1.3"
local RAISE_LIMIT, FIND_COLUMNS, TABULATE = 1024, 2048, 4096
local OPERATIONS = { count = true, sum = true, avg = true, min = true, max = true }
local is_debug = (tonumber(os.getenv("DEBUG")) or 0) > 0

local HELP = {
	"xtab - version " .. VERSION .. " - (C) MySQL AB 2007",
	"",
	"XTAB turns the values of one column into columns of the result.",
	"",
	"XTAB table row_header column_header operation operation_column [summary]",
	"",
	"  table             where the data are; may be schema.table",
	"  row_header        one row for each value of this column",
	"  column_header     one column for each value of this column",
	"  operation         one of COUNT, SUM, AVG, MIN, MAX",
	"  operation_column  what is counted or added up in each cell",
	"  summary           accepted, and without effect",
	"",
	"Other commands:",
	"  XTAB HELP         this text",
	"  XTAB VERSION      the version",
	"  XTAB QUERY        shows the setting below",
	"  XTAB NOQUERY      shows the setting below",
	"SELECT XTAB ... does the same for clients that send queries only.",
}

local function setting(what)
	return {
		"XTAB QUERY and XTAB NOQUERY are about what a cross tabulation gives:",
		"",
		"  QUERY    the text of the query that would tabulate",
		"  NOQUERY  the result of that query",
		"",
		"A result is what clients get in any case.",
		"Current setting: returns " .. what,
	}
end

local function answer(name, lines)
	local rows = {}
	for i, line in ipairs(lines) do
		rows[i] = { line }
	end
	proxy.response = {
		type = proxy.MYSQLD_PACKET_OK,
		resultset = { fields = { { name = name, type = proxy.MYSQL_TYPE_STRING } }, rows = rows },
	}
	return proxy.PROXY_SEND_RESULT
end

local function command(word)
	if word == "help" then
		return answer("XTAB help", HELP)
	elseif word == "version" then
		return answer("XTAB version", { VERSION })
	elseif word == "query" then
		return answer("XTAB query ", setting("a query"))
	elseif word == "noquery" then
		return answer("XTAB query ", setting("a result set"))
	end
	return answer("XTAB ERROR", { 'unknown command. Enter "XTAB HELP" for help' })
end

-- What follows the command's name; nil if it is not ours.
local function words_of(query)
	local words = {}
	for word in query:gmatch("%S+") do
		words[#words + 1] = word
	end
	if words[1] and words[1]:lower() == "select" then
		table.remove(words, 1)
	end
	if words[1] and words[1]:lower() == "xtab" then
		table.remove(words, 1)
		return words
	end
end

local function inject(id, query)
	if is_debug then
		print("xtab " .. id .. ": " .. query)
	end
	proxy.queries:append(id, string.char(proxy.COM_QUERY) .. query, { resultset_is_needed = true })
end

-- A literal of SQL.
local function text(value)
	return "'" .. value:gsub("\\", "\\\\"):gsub("'", "''") .. "'"
end

local function tabulate(words)
	local from, row, column, operation, operand = words[1], words[2], words[3], words[4]:lower(), words[5]
	if not OPERATIONS[operation] then
		return answer("XTAB ERROR", { "unknown operator.", "Accepted are:", "COUNT, SUM, AVG, MIN, MAX" })
	end
	proxy.xtab_request = { from = from, row = row, total = operation .. "(`" .. operand .. "`) AS total" }
	inject(RAISE_LIMIT, "set group_concat_max_len = 1024*1024")
	-- each value becomes: operation(if( `column`= 'value',`operand`,null)) as `column_value`
	inject(FIND_COLUMNS, ("select group_concat(distinct concat(%s, quote(%s), %s, replace(%s, '`', '``'), '`') order by %s) from %s")
		:format(text(operation .. "(if( `" .. column .. "`= "), column,
			text(",`" .. operand .. "`,null)) as `" .. column .. "_"), column, column, from))
	return proxy.PROXY_SEND_QUERY
end

function read_query(packet)
	local words = packet:byte() == proxy.COM_QUERY and words_of(packet:sub(2))
	if not words then
		return nil
	elseif #words == 1 then
		return command(words[1]:lower())
	elseif #words < 5 then
		return answer("XTAB ERROR", { 'too few words. Enter "XTAB HELP" for help' })
	end
	return tabulate(words)
end

function read_query_result(inj)
	if inj.id == RAISE_LIMIT then
		return proxy.PROXY_IGNORE_RESULT
	elseif inj.id ~= FIND_COLUMNS or inj.resultset.query_status == proxy.MYSQLD_PACKET_ERR then
		return nil
	end
	local request = proxy.xtab_request
	local columns = { request.row }
	for row in inj.resultset.rows do
		-- an empty table has no columns to offer
		columns[#columns + 1] = row[1]
	end
	columns[#columns + 1] = request.total
	inject(TABULATE, ("SELECT %s FROM %s GROUP BY %s"):format(table.concat(columns, " , "), request.from, request.row))
	return proxy.PROXY_IGNORE_RESULT
end
