-- Runs several scripts at once, and loads them while the proxy runs.
--
--   bin/launcher --plugins=proxy --proxy-lua-script=lib/mysql-proxy/lua/load-multi.lua
--
-- Statements, in any case, for every client that may connect - so not where clients are not trusted:
--
--   PLOAD name      loads a script, or loads it again: a path, or a name that require would find
--   PUNLOAD name    lets go of it
--   SHOW PLOADED    lists what is loaded, with the hooks that were found
--
-- For each hook the scripts are asked in the order in which they were loaded, until one gives something else than nil. A
-- script's own variables live until it is loaded again, and are the same for all connections.

local HOOKS = {
	"connect_server", "read_handshake", "read_auth", "read_auth_result", "read_query", "read_query_result", "disconnect_client",
}

-- in the order of loading: name, file and environment of each
proxy.global.loaded_scripts = proxy.global.loaded_scripts or {}

local function err(message)
	proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = "(load-multi) " .. tostring(message) }
	return proxy.PROXY_SEND_RESULT
end

local function ok(affected_rows)
	proxy.response = { type = proxy.MYSQLD_PACKET_OK, affected_rows = affected_rows, insert_id = 0 }
	return proxy.PROXY_SEND_RESULT
end

local function exists(file)
	local opened = io.open(file)
	return opened and opened:close()
end

-- The file of a script, or the name as it is if there is none: whoever opens it says so.
local function find(name)
	if exists(name) then
		return name
	end
	for template in package.path:gmatch("[^;]+") do
		local file = template:gsub("%?", (name:gsub("%%", "%%%%")))
		if exists(file) then
			return file
		end
	end
	return name
end

local function position(name)
	for i, script in ipairs(proxy.global.loaded_scripts) do
		if script.name == name then
			return i
		end
	end
end

local function load_script(name)
	local file = find(name)
	local body, message = loadfile(file)
	if not body then
		return err(message)
	end
	local environment = setmetatable({}, { __index = _G })
	local ran, failure = pcall(setfenv(body, environment))
	if not ran then
		return err(failure)
	end
	local scripts = proxy.global.loaded_scripts
	scripts[position(name) or #scripts + 1] = { name = name, file = file, environment = environment }
	return ok(1)
end

local function unload_script(name)
	local at = position(name)
	if not at then
		return err("'" .. name .. "' is not loaded")
	end
	table.remove(proxy.global.loaded_scripts, at)
	return ok(1)
end

local function hooks_of(script)
	local found = {}
	for _, hook in ipairs(HOOKS) do
		if type(rawget(script.environment, hook)) == "function" then
			found[#found + 1] = hook
		end
	end
	return table.concat(found, ", ")
end

local function show()
	local fields, rows = {}, {}
	for i, name in ipairs { "name", "file", "hooks" } do
		fields[i] = { name = name, type = proxy.MYSQL_TYPE_STRING }
	end
	for i, script in ipairs(proxy.global.loaded_scripts) do
		rows[i] = { script.name, script.file, hooks_of(script) }
	end
	proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = { fields = fields, rows = rows } }
	return proxy.PROXY_SEND_RESULT
end

-- Answers a statement of ours; nil if it is none.
local function command(query)
	local word, name = query:match("^%s*(%a+)%s+(.-)%s*;?%s*$")
	word = word and word:upper()
	if word == "PLOAD" then
		return load_script(name)
	elseif word == "PUNLOAD" then
		return unload_script(name)
	elseif word == "SHOW" and name:upper() == "PLOADED" then
		return show()
	end
end

-- Asks the scripts in turn. What fails counts as nil, so that one script does not stop the others.
local function ask(hook, argument, is_enough)
	for _, script in ipairs(proxy.global.loaded_scripts) do
		local handler = rawget(script.environment, hook)
		if type(handler) == "function" then
			local ran, result = pcall(handler, argument)
			if not ran then
				print("(load-multi) " .. hook .. " of " .. script.name .. " failed: " .. tostring(result))
			elseif result ~= nil and is_enough then
				return result
			end
			if hook == "read_query" then
				-- what a script queued and did not send is not for the next one
				proxy.queries:reset()
			end
		end
	end
end

for _, hook in ipairs(HOOKS) do
	getfenv(1)[hook] = function(argument)
		return ask(hook, argument, hook ~= "disconnect_client")
	end
end

function read_query(packet)
	return packet:byte() == proxy.COM_QUERY and command(packet:sub(2)) or ask("read_query", packet, true)
end
