-- Counts statements by their normal form, and reads and writes of tables.
--
--   bin/launcher --plugins=proxy --proxy-lua-script=lib/mysql-proxy/lua/histogram.lua
--
--   SELECT * FROM histogram.queries      normal form, count, longest and mean time in microseconds; the longest in all first
--   SELECT * FROM histogram.tables       table, reads, writes
--   DELETE FROM histogram.queries        begins anew; the same with histogram.tables

local parser = require("proxy.parser")
local tokenizer = require("proxy.tokenizer")

-- further normal forms and tables are not counted
local MOST_ENTRIES = 10000

local all = proxy.global.histogram or { queries = {}, tables = {}, sizes = { queries = 0, tables = 0 } }
proxy.global.histogram = all

local function entry(kind, name, fresh)
	local known = all[kind][name]
	if not known and all.sizes[kind] < MOST_ENTRIES then
		known = fresh
		all[kind][name] = known
		all.sizes[kind] = all.sizes[kind] + 1
	end
	return known
end

local function sorted(kind, weight)
	local names = {}
	for name in pairs(all[kind]) do
		names[#names + 1] = name
	end
	table.sort(names, function(a, b)
		local left, right = weight(all[kind][a]), weight(all[kind][b])
		return left > right or left == right and a < b
	end)
	return names
end

local function answer(columns, rows)
	local fields = {}
	for i, name in ipairs(columns) do
		fields[i] = { name = name, type = i == 1 and proxy.MYSQL_TYPE_STRING or proxy.MYSQL_TYPE_LONGLONG }
	end
	proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = { fields = fields, rows = rows } }
	return proxy.PROXY_SEND_RESULT
end

local function show_queries()
	local rows = {}
	for i, name in ipairs(sorted("queries", function(q) return q.time end)) do
		local query = all.queries[name]
		rows[i] = { name, query.count, query.longest, math.floor(query.time / query.count + 0.5) }
	end
	return answer({ "query", "count", "max_query_time", "avg_query_time" }, rows)
end

local function show_tables()
	local rows = {}
	for i, name in ipairs(sorted("tables", function(t) return t.read + t.write end)) do
		rows[i] = { name, all.tables[name].read, all.tables[name].write }
	end
	return answer({ "table", "reads", "writes" }, rows)
end

local function clear(kind)
	all[kind], all.sizes[kind] = {}, 0
	proxy.response = { type = proxy.MYSQLD_PACKET_OK }
	return proxy.PROXY_SEND_RESULT
end

local own = {
	["select*fromhistogram.queries"] = show_queries,
	["select*fromhistogram.tables"] = show_tables,
	["deletefromhistogram.queries"] = function() return clear("queries") end,
	["deletefromhistogram.tables"] = function() return clear("tables") end,
}

function read_query(packet)
	if packet:byte() ~= proxy.COM_QUERY then
		return nil
	end
	local command = own[packet:sub(2):lower():gsub("[%s;]", "")]
	if command then
		return command()
	end
	-- queued, so that it is timed; its result passes as it comes in
	proxy.queries:append(1, packet)
	return proxy.PROXY_SEND_QUERY
end

-- The parser prints what it does not understand, which is too much here.
local function tables_of(tokens)
	parser.print = function() end
	local tables = parser.get_tables(tokens)
	parser.print = nil
	return tables
end

function read_query_result(inj)
	local tokens = tokenizer.tokenize(inj.query:sub(2))
	local query = entry("queries", tokenizer.normalize(tokens), { count = 0, time = 0, longest = 0 })
	if query then
		query.count = query.count + 1
		query.time = query.time + inj.query_time
		query.longest = math.max(query.longest, inj.query_time)
	end
	for name, mode in pairs(tables_of(tokens)) do
		local known = entry("tables", name, { read = 0, write = 0 })
		if known then
			known[mode] = known[mode] + 1
		end
	end
end
