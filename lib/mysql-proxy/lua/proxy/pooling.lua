-- For scripts that lend pooled server connections to single statements: what a client's session consists of besides them, and
-- when a client therefore has to keep the connection it has.

local tokenizer = require("proxy.tokenizer")

module("proxy.pooling", package.seeall)

-- ids of injections
local CLIENT, SCHEMA, SETTING = 1, 2, 3

-- settings that are repeated on the next connection; a client with more of them keeps one
local MOST_SETTINGS = 32

local function set(words)
	local members = {}
	for word in words:gmatch("%S+") do
		members[word] = true
	end
	return members
end

-- functions of which the connection that they were called on knows more than others
local session_functions = set "LAST_INSERT_ID FOUND_ROWS ROW_COUNT CONNECTION_ID IS_USED_LOCK"
local session_variables = set "@@INSERT_ID @@LAST_INSERT_ID @@IDENTITY @@WARNING_COUNT @@ERROR_COUNT"
-- what leaves something in the session that cannot be repeated elsewhere
local lasting_functions = set "GET_LOCK RELEASE_LOCK RELEASE_ALL_LOCKS"
local lasting_words = set "HANDLER PREPARE EXECUTE DEALLOCATE XA FLUSH"
-- what shows that a SELECT does more than to read
local writing = set "TK_SQL_FOR TK_SQL_LOCK TK_SQL_INTO TK_COMMENT_MYSQL TK_ASSIGN"
-- a SET with one of these is not the same on another connection
local unrepeatable = set "TRANSACTION PASSWORD ROLE"
-- commands that nothing answers, or that the proxy has to see for itself
local direct = set "COM_STMT_CLOSE COM_STMT_SEND_LONG_DATA COM_CHANGE_USER COM_BINLOG_DUMP COM_BINLOG_DUMP_GTID"

-- What is known of this client's session.
local function state()
	local known = proxy.pooling_state
	if not known then
		known = { settings = {}, statements = 0 }
		proxy.pooling_state = known
	end
	return known
end

local function first_word(tokens)
	local token = tokenizer.first_stmt_token(tokens)
	return token and token.text:upper() or ""
end

local function is_own_variable(token)
	return token.token_name == "TK_LITERAL" and token.text:match("^@[^@]") ~= nil
end

-- Whether a token is one that the test likes; a semicolon at the end is none.
local function any(tokens, test)
	for i = 1, #tokens do
		local token = tokens[i]
		if test(token, token.text:upper(), i) then
			return true
		end
	end
	return false
end

local function is_several(tokens)
	return any(tokens, function(token, _, i)
		return token.token_name == "TK_SEMICOLON" and i < #tokens
	end)
end

local function is_repeatable(tokens)
	return not any(tokens, function(token, text)
		return token.token_name == "TK_FUNCTION" or token.token_name == "TK_SQL_SELECT" or unrepeatable[text]
	end)
end

local function leaves_traces(tokens)
	return any(tokens, function(token, text)
		return is_own_variable(token) or token.token_name == "TK_ASSIGN" or lasting_functions[text] or text == "TEMPORARY"
	end)
end

--- Whether a statement only reads, and gives on any connection what it gives on this one.
function reads_only(tokens)
	return first_word(tokens) == "SELECT" and not is_several(tokens) and not any(tokens, function(token, text)
		return writing[token.token_name] or session_functions[text] or session_variables[text]
			or lasting_functions[text] or is_own_variable(token)
	end)
end

-- Notes what a statement does to the session. A SET that can be repeated is kept until it is known to have been accepted.
local function note(query, tokens)
	local known = state()
	local first = first_word(tokens)
	known.setting = nil
	known.counted = any(tokens, function(token) return token.token_name == "TK_SQL_SQL_CALC_FOUND_ROWS" end)
	if first == "LOCK" or first == "UNLOCK" then
		known.locked = first == "LOCK"
	elseif is_several(tokens) or lasting_words[first] or leaves_traces(tokens) then
		known.pinned = true
	elseif first == "SET" and is_repeatable(tokens) and #known.settings < MOST_SETTINGS then
		known.setting = query
	elseif first == "SET" then
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

-- What a connection that the client has just got needs before the command: the client's settings and its schema.
local function prepare(kind)
	local wanted = proxy.connection.client.default_db
	if kind ~= proxy.COM_INIT_DB and wanted ~= "" and wanted ~= proxy.connection.server.default_db then
		proxy.queries:append(SCHEMA, string.char(proxy.COM_INIT_DB) .. wanted, { resultset_is_needed = true })
	end
	for _, setting in ipairs(state().settings) do
		proxy.queries:append(SETTING, string.char(proxy.COM_QUERY) .. setting, { resultset_is_needed = true })
	end
end

--- Sends a command over the connection that the client keeps, or over one that lend(tokens) chooses: the index of a backend
-- with an idle connection, 0 if there is none. cmd is a result of proxy.commands.parse.
function send(packet, cmd, lend)
	local tokens = cmd.type == proxy.COM_QUERY and tokenizer.tokenize(cmd.query) or nil
	local fresh = not proxy.connection.server
	if fresh then
		proxy.connection.backend_ndx = lend(tokens)
	end
	if not proxy.connection.server then
		proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errcode = 1040, sqlstate = "08004",
			errmsg = "(pooling) all connections to the servers are in use" }
		return proxy.PROXY_SEND_RESULT
	end
	if tokens then
		note(cmd.query, tokens)
	end
	if direct[cmd.type_name] then
		if cmd.type == proxy.COM_STMT_CLOSE then
			state().statements = math.max(0, state().statements - 1)
		elseif cmd.type == proxy.COM_CHANGE_USER then
			proxy.pooling_state = nil
		end
		return nil
	end
	if fresh then
		prepare(cmd.type)
	end
	-- results of statements need not be held: what they say about the session is known without
	local held = cmd.type ~= proxy.COM_QUERY and cmd.type ~= proxy.COM_STMT_EXECUTE
	proxy.queries:append(CLIENT, packet, { resultset_is_needed = held })
	return proxy.PROXY_SEND_QUERY
end

local function accepted(known, kind)
	if kind == proxy.COM_STMT_PREPARE then
		known.statements = known.statements + 1
	elseif kind == proxy.COM_RESET_CONNECTION then
		proxy.pooling_state = nil
	elseif kind == proxy.COM_QUERY and known.setting then
		table.insert(known.settings, known.setting)
	end
end

-- Whether the client has to keep its connection after this answer.
local function keeps(inj)
	local kind, result = inj.query:byte(), inj.resultset
	local failed
	if kind == proxy.COM_QUERY or kind == proxy.COM_STMT_EXECUTE then
		local known = state()
		failed = result.query_status == proxy.MYSQLD_PACKET_ERR
		known.in_transaction = result.flags.in_trans
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
	elseif inj.resultset.query_status == proxy.MYSQLD_PACKET_ERR or inj.resultset.raw:byte() == proxy.MYSQLD_PACKET_ERR then
		-- the client gets the error in place of what it asked for
		proxy.queries:reset()
		proxy.connection.backend_ndx = 0
		return nil
	end
	return proxy.PROXY_IGNORE_RESULT
end

--- What read_auth_result does: the connection goes into the pool, and statements take one out of it.
function logged_in(auth)
	if auth.packet:byte() == proxy.MYSQLD_PACKET_OK then
		proxy.connection.backend_ndx = 0
	end
end

--- What disconnect_client does. A connection with an open transaction or the like is closed, not lent to others.
function disconnected()
	local known = state()
	if not (known.in_transaction or known.locked or known.pinned) then
		proxy.connection.backend_ndx = 0
	end
end
