-- Prints who does what: a line for each login, each command and each goodbye.
--
--   bin/launcher --plugins=proxy --proxy-lua-script=lib/mysql-proxy/lua/auditing.lua

local commands = require("proxy.commands")

-- One line whatever is in it, so that nobody can write lines of others.
local function line(what)
	local client, server = proxy.connection.client, proxy.connection.server
	local text = ("%s %s %s@%s %s %s"):format(os.date("%Y-%m-%d %H:%M:%S"), server and server.thread_id or "-",
		client.username or "-", client.src.name, client.default_db ~= "" and client.default_db or "-", what)
	print((text:gsub("%c", " ")))
end

function read_auth_result(auth)
	local outcome = { [proxy.MYSQLD_PACKET_OK] = "login", [proxy.MYSQLD_PACKET_ERR] = "login refused" }
	local what = outcome[auth.packet:byte()]
	if what then
		line(what)
	end
end

function read_query(packet)
	line(commands.pretty_print(commands.parse(packet)))
end

function disconnect_client()
	line("gone")
end
