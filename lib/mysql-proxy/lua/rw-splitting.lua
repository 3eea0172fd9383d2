-- Reads go to read-only backends, all else to the read/write one, over connections that clients share.
--
--   bin/launcher --plugins=proxy --proxy-backend-addresses=10.0.0.1:3306 \
--       --proxy-read-only-backend-addresses=10.0.0.2:3306 --proxy-lua-script=lib/mysql-proxy/lua/rw-splitting.lua
--
-- A client's connection goes into the pool of its backend as soon as it is logged in, and statements borrow one. Inside of a
-- transaction, and while a prepared statement, a lock, a temporary table or a variable of the user's is on a connection, the
-- client keeps it. Plain settings (SET NAMES and the like) are repeated on the next one.
--
-- PROXY SHOW CONFIG shows the options, PROXY SET GLOBAL rwsplit.min_idle_connections = 8 sets one. As many clients as there are
-- idle connections can run statements at a time.

local balance = require("proxy.balance")
local commands = require("proxy.commands")
local pooling = require("proxy.pooling")
local statements = require("proxy.statements")
require("proxy.auto-config")

if not proxy.global.config.rwsplit then
	proxy.global.config.rwsplit = { min_idle_connections = 4, max_idle_connections = 8, is_debug = false }
end

local function debug(text)
	if proxy.global.config.rwsplit.is_debug then
		print("[rw-splitting] " .. text)
	end
end

function connect_server()
	local chosen = pooling.choose(proxy.global.config.rwsplit)
	if chosen then
		proxy.connection.backend_ndx = chosen
		debug("connect_server: backend " .. chosen)
	end
	if proxy.connection.server then
		return proxy.PROXY_IGNORE_RESULT
	end
end

function read_auth_result(auth)
	pooling.logged_in(auth)
end

local function candidates(tokens)
	local found = {}
	local reader = tokens and statements.reads_only(tokens) and balance.idle_ro() or 0
	if reader > 0 then
		found[1] = reader
	end
	local writer = balance.idle_failsafe_rw()
	if writer > 0 then
		found[#found + 1] = writer
	end
	return found
end

function read_query(packet)
	local cmd = commands.parse(packet)
	local answer = proxy.global.config:handle(cmd)
	if answer then
		return answer
	elseif cmd.type == proxy.COM_QUIT then
		-- the server's connection stays in the pool
		proxy.response = { type = proxy.MYSQLD_PACKET_OK }
		return proxy.PROXY_SEND_RESULT
	end
	local decision = pooling.send(packet, cmd, candidates)
	debug(commands.pretty_print(cmd) .. ": backend " .. proxy.connection.backend_ndx)
	return decision
end

function read_query_result(inj)
	return pooling.answered(inj)
end

function disconnect_client()
	pooling.disconnected()
end
