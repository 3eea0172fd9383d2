-- Answers administrators: --plugins=admin,proxy --admin-lua-script=lib/mysql-proxy/lua/admin.lua
--
-- Without a script the proxy answers with its built-in console, which knows more; this one is for extending.

local STATES = { [0] = "unknown", [1] = "up", [2] = "down" }
local TYPES = { [0] = "unknown", [1] = "rw", [2] = "ro" }

local function refuse(text)
    proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = text }
    return proxy.PROXY_SEND_RESULT
end

local function answer(fields, rows)
    proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = { fields = fields, rows = rows } }
    return proxy.PROXY_SEND_RESULT
end

local function number(name) return { name = name, type = proxy.MYSQL_TYPE_LONG } end
local function text(name) return { name = name, type = proxy.MYSQL_TYPE_STRING } end

local commands = {}

commands["select * from help"] = function()
    return answer({ text "command", text "description" }, {
        { "SELECT * FROM help", "shows this help" },
        { "SELECT * FROM backends", "lists the backends and their state" },
    })
end

commands["select * from backends"] = function()
    local rows = {}
    for i = 1, #proxy.global.backends do
        local backend = proxy.global.backends[i]
        rows[i] = {
            i,
            backend.dst.name,
            STATES[backend.state] or "unknown",
            TYPES[backend.type] or "unknown",
            backend.uuid,
            backend.connected_clients,
        }
    end
    return answer({
        number "backend_ndx", text "address", text "state", text "type", text "uuid", number "connected_clients",
    }, rows)
end

function read_query(packet)
    if packet:byte() ~= proxy.COM_QUERY then
        return refuse("[admin] we only handle text-based queries (COM_QUERY)")
    end
    local command = commands[packet:sub(2):lower()]
    if not command then
        return refuse("use 'SELECT * FROM help' to see the supported commands")
    end
    return command()
end
