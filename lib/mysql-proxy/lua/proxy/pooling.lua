-- For scripts that lend pooled server connections to single statements: what a client's session consists of besides them, and
-- when a client therefore has to keep the connection it has.
--
-- Nothing logs a client in anew on the connection that a statement borrows. So plain settings (SET NAMES and the like) are
-- written down, for the client and for each connection: a connection fits if all that was set on it is what this client has
-- set, too, and then gets what is still missing. Where none fits one is reset, and gets the character sets of its login again.

local lent = require("proxy.lent")
local statements = require("proxy.statements")
local tokenizer = require("proxy.tokenizer")

module("proxy.pooling", package.seeall)

-- ids of injections
local CLIENT, SCHEMA, SETTING, NAMES, RESET = 1, 2, 3, 4, 5

-- settings that are repeated on the next connection; a client with more of them keeps one
local MOST_SETTINGS = 32

-- commands that nothing answers, or that the proxy has to see for itself
local direct = {
	COM_STMT_CLOSE = true, COM_STMT_SEND_LONG_DATA = true, COM_CHANGE_USER = true,
	COM_BINLOG_DUMP = true, COM_BINLOG_DUMP_GTID = true,
}

-- What is known of this client's session.
local function state()
	local known = proxy.pooling_state
	if not known then
		known = { settings = {}, statements = 0 }
		proxy.pooling_state = known
	end
	return known
end

-- Notes what a statement does to the session. A SET that can be repeated is kept until it is known to have been accepted.
local function note(query, tokens)
	local known, effect = state(), statements.effect(tokens)
	known.counted = statements.counts_rows(tokens)
	known.setting = nil
	if effect == "lock" or effect == "unlock" then
		known.locked = effect == "lock"
	elseif effect == "setting" and #known.settings < MOST_SETTINGS then
		known.setting = query
	elseif effect then
		known.pinned = true
	end
end

--- Chooses a backend for a client that connects: all are filled with idle connections first, then a read/write one serves.
-- options: min_idle_connections, max_idle_connections
function choose(options)
	local chosen
	for i = 1, #proxy.global.backends do
		local backend = proxy.global.backends[i]
		backend.pool.max_idle_connections = options.max_idle_connections
		backend.pool.min_idle_connections = options.min_idle_connections
		if backend.state ~= proxy.BACKEND_STATE_DOWN then
			-- nobody knows yet who the client is
			if backend.pool.users[""].cur_idle_connections < options.min_idle_connections then
				return i
			elseif not chosen and backend.type == proxy.BACKEND_TYPE_RW then
				chosen = i
			end
		end
	end
	return chosen
end

local function fits()
	local wanted = state().settings
	for i, setting in ipairs(lent.current().settings) do
		if setting ~= wanted[i] then
			return false
		end
	end
	return true
end

-- Takes an idle connection from one of these backends, best first: one that fits, or else any that is there.
local function borrow(candidates)
	for _, must_fit in ipairs { true, false } do
		for _, index in ipairs(candidates) do
			local user = proxy.connection.client.username
			for _ = 1, proxy.global.backends[index].pool.users[user].cur_idle_connections do
				-- puts the one before back, behind all others
				proxy.connection.backend_ndx = index
				if proxy.connection.server and (not must_fit or fits()) then
					return true
				end
			end
		end
	end
	proxy.connection.backend_ndx = 0
	return false
end

local function inject(id, packet)
	proxy.queries:append(id, packet, { resultset_is_needed = true })
end

-- Queues what a connection that the client has just got needs before the command.
local function prepare(kind)
	local known = lent.current()
	if not fits() then
		inject(RESET, string.char(proxy.COM_RESET_CONNECTION))
		-- a pool lends only what has the character sets of the client's login, so those of another one do as well
		known.names = known.names or state().names
		if known.names then
			inject(RESET, string.char(proxy.COM_QUERY) .. known.names)
		end
		known.settings = {}
	elseif not known.names then
		inject(NAMES, string.char(proxy.COM_QUERY)
			.. "SELECT @@character_set_client, @@character_set_results, @@collation_connection")
	end
	local wanted = proxy.connection.client.default_db
	if kind ~= proxy.COM_INIT_DB and wanted ~= "" and wanted ~= proxy.connection.server.default_db then
		inject(SCHEMA, string.char(proxy.COM_INIT_DB) .. wanted)
	end
	for i = #known.settings + 1, #state().settings do
		inject(SETTING, string.char(proxy.COM_QUERY) .. state().settings[i])
	end
end

-- Commands that are not queued: gives whether this is one.
local function is_direct(cmd)
	if cmd.type == proxy.COM_STMT_CLOSE then
		state().statements = math.max(0, state().statements - 1)
	elseif cmd.type == proxy.COM_CHANGE_USER then
		lent.forget()
		lent.is_new()
		proxy.pooling_state = nil
	end
	return direct[cmd.type_name]
end

-- MariaDB's COM_STMT_BULK_EXECUTE, which is not among the constants
local BULK_EXECUTE = 250

-- Whether a command runs a statement.
local function runs(kind)
	return kind == proxy.COM_QUERY or kind == proxy.COM_STMT_EXECUTE or kind == BULK_EXECUTE
end

--- Sends a command over the connection that the client keeps, or over an idle one.
-- cmd: a result of proxy.commands.parse; candidates(tokens): the indexes of backends, best first
function send(packet, cmd, candidates)
	local tokens = cmd.type == proxy.COM_QUERY and tokenizer.tokenize(cmd.query) or nil
	local fresh = not proxy.connection.server
	if fresh and not borrow(candidates(tokens)) then
		proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errcode = 1040, sqlstate = "08004",
			errmsg = "(pooling) all connections to the servers are in use" }
		return proxy.PROXY_SEND_RESULT
	elseif is_direct(cmd) then
		return nil
	end
	if tokens then
		note(cmd.query, tokens)
	end
	if fresh then
		prepare(cmd.type)
	end
	-- results of statements need not be held: what they say about the session is known without
	local held = not runs(cmd.type)
	proxy.queries:append(CLIENT, packet, { resultset_is_needed = held })
	return proxy.PROXY_SEND_QUERY
end

local function accepted(known, kind)
	if kind == proxy.COM_STMT_PREPARE then
		known.statements = known.statements + 1
	elseif kind == proxy.COM_RESET_CONNECTION then
		-- the character sets are others now, so it does not go back
		proxy.pooling_state = nil
		state().pinned = true
	elseif kind == proxy.COM_QUERY and known.setting then
		lent.record(known.settings, known.setting)
		lent.record(lent.current().settings, known.setting)
	end
end

-- Whether the client has to keep its connection after this answer.
local function keeps(inj)
	local kind, result = inj.query:byte(), inj.resultset
	local failed
	if runs(kind) then
		local known = state()
		failed = result.query_status == proxy.MYSQLD_PACKET_ERR
		if not failed then
			-- without autocommit every statement, a SELECT too, may begin a transaction
			known.in_transaction = result.flags.in_trans or not result.flags.auto_commit
		end
		-- what SHOW WARNINGS and LAST_INSERT_ID() would ask for
		known.asked = failed or (result.warning_count or 0) > 0 or (result.insert_id or 0) > 0
	else
		failed = result.raw:byte() == proxy.MYSQLD_PACKET_ERR
	end
	if not failed then
		accepted(state(), kind)
	end
	local known = state()
	known.setting = nil
	return known.in_transaction or known.asked or known.counted or known.locked or known.pinned or known.statements > 0
end

--- What read_query_result does: the connection goes back to the pool unless the client has to keep it.
function answered(inj)
	if inj.id == CLIENT then
		if not keeps(inj) then
			proxy.connection.backend_ndx = 0
		end
		return nil
	elseif inj.resultset.raw:byte() == proxy.MYSQLD_PACKET_ERR then
		-- the client gets the error in place of what it asked for; nobody knows what is set now, so it fits no one
		proxy.queries:reset()
		lent.current().settings = { "?" }
		proxy.connection.backend_ndx = 0
		return nil
	elseif inj.id == SETTING then
		lent.record(lent.current().settings, inj.query:sub(2))
	elseif inj.id == NAMES then
		for row in inj.resultset.rows do
			lent.current().names = ("SET character_set_client = %s, character_set_results = %s, collation_connection = %s")
				:format(row[1], row[2] or "NULL", row[3])
			state().names = lent.current().names
		end
	end
	return proxy.PROXY_IGNORE_RESULT
end

--- What read_auth_result does: the connection goes into the pool, and statements take one out of it.
function logged_in(auth)
	if auth.packet:byte() == proxy.MYSQLD_PACKET_OK then
		lent.is_new()
		proxy.connection.backend_ndx = 0
	end
end

--- What disconnect_client does. A connection with an open transaction or the like is closed, not lent to others.
function disconnected()
	local known = state()
	if not (known.in_transaction or known.locked or known.pinned) then
		proxy.connection.backend_ndx = 0
	elseif proxy.connection.server then
		lent.forget()
	end
end
