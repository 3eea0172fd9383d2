-- Knows what is running: SHOW ACTIVE QUERIES lists the statements that are being answered, the oldest one first.
--
--   bin/launcher --plugins=proxy --proxy-lua-script=lib/mysql-proxy/lua/active-queries.lua

proxy.global.active_queries = proxy.global.active_queries or {}

local function show()
	local names = { "thread_id", "user", "db", "since", "query" }
	local fields, rows, running = {}, {}, {}
	for i, name in ipairs(names) do
		fields[i] = { name = name, type = name == "thread_id" and proxy.MYSQL_TYPE_LONG or proxy.MYSQL_TYPE_STRING }
	end
	for _, entry in pairs(proxy.global.active_queries) do
		running[#running + 1] = entry
	end
	table.sort(running, function(a, b) return a.number < b.number end)
	for i, entry in ipairs(running) do
		rows[i] = { entry.thread_id, entry.user, entry.db, entry.since, entry.query }
	end
	proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = { fields = fields, rows = rows } }
	return proxy.PROXY_SEND_RESULT
end

function read_query(packet)
	if packet:byte() ~= proxy.COM_QUERY then
		return nil
	elseif packet:sub(2):upper():match("^%s*SHOW%s+ACTIVE%s+QUERIES%s*;?%s*$") then
		return show()
	end
	local number = (proxy.global.active_queries_number or 0) + 1
	local client = proxy.connection.client
	proxy.global.active_queries_number = number
	proxy.active_query = number
	proxy.global.active_queries[number] = {
		number = number, thread_id = proxy.connection.server.thread_id, user = client.username, db = client.default_db,
		since = os.date("%Y-%m-%d %H:%M:%S"), query = packet:sub(2),
	}
	-- queued, so that its end is seen; its result passes as it comes in
	proxy.queries:append(1, packet)
	return proxy.PROXY_SEND_QUERY
end

local function done()
	if proxy.active_query then
		proxy.global.active_queries[proxy.active_query] = nil
		proxy.active_query = nil
	end
end

function read_query_result()
	done()
end

function disconnect_client()
	done()
end
