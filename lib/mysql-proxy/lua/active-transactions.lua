-- Knows which transactions are open: SHOW ACTIVE TRANSACTIONS lists their statements, a row for each.
--
--   bin/launcher --plugins=proxy --proxy-lua-script=lib/mysql-proxy/lua/active-transactions.lua

-- of a transaction the last ones are kept
local MOST_STATEMENTS = 100

proxy.global.active_transactions = proxy.global.active_transactions or {}

local function show()
	local names = { "thread_id", "user", "db", "since", "position", "query" }
	local fields, rows, threads = {}, {}, {}
	for i, name in ipairs(names) do
		local is_number = name == "thread_id" or name == "position"
		fields[i] = { name = name, type = is_number and proxy.MYSQL_TYPE_LONG or proxy.MYSQL_TYPE_STRING }
	end
	for thread in pairs(proxy.global.active_transactions) do
		threads[#threads + 1] = thread
	end
	table.sort(threads)
	for _, thread in ipairs(threads) do
		local open = proxy.global.active_transactions[thread]
		for i, query in ipairs(open.statements) do
			rows[#rows + 1] = { open.thread_id, open.user, open.db, open.since, open.dropped + i, query }
		end
	end
	proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = { fields = fields, rows = rows } }
	return proxy.PROXY_SEND_RESULT
end

function read_query(packet)
	if packet:byte() ~= proxy.COM_QUERY then
		return nil
	elseif packet:sub(2):upper():match("^%s*SHOW%s+ACTIVE%s+TRANSACTIONS%s*;?%s*$") then
		return show()
	end
	-- queued, so that what it did to the transaction is seen; its result passes as it comes in
	proxy.queries:append(1, packet)
	return proxy.PROXY_SEND_QUERY
end

local function key()
	local server = proxy.connection.server
	return server.dst.name .. "#" .. server.thread_id
end

function read_query_result(inj)
	local all, result = proxy.global.active_transactions, inj.resultset
	if result.query_status == proxy.MYSQLD_PACKET_ERR then
		-- says nothing of the transaction
		return nil
	elseif not result.flags.in_trans then
		all[key()] = nil
		proxy.active_transaction = nil
		return nil
	end
	local client = proxy.connection.client
	local open = all[key()] or {
		thread_id = proxy.connection.server.thread_id, user = client.username, db = client.default_db,
		since = os.date("%Y-%m-%d %H:%M:%S"), statements = {}, dropped = 0,
	}
	if #open.statements == MOST_STATEMENTS then
		table.remove(open.statements, 1)
		open.dropped = open.dropped + 1
	end
	table.insert(open.statements, inj.query:sub(2))
	all[key()] = open
	proxy.active_transaction = key()
end

function disconnect_client()
	if proxy.active_transaction then
		proxy.global.active_transactions[proxy.active_transaction] = nil
	end
end
