-- Lets an administrator see and change proxy.global.config by SQL-like commands.

module("proxy.auto-config", package.seeall)

local longest = 128

-- Keywords in any case, blanks between them, and what follows: gives the captures, or nil.
local function match(text, words, rest)
	local found = { text:match("^" .. ("(%a+)[ \t\n]+"):rep(#words - 1) .. "(%a+)" .. rest .. "$") }
	for i, word in ipairs(words) do
		if not found[i] or found[i]:upper() ~= word then
			return nil
		end
	end
	-- everything behind the words; () makes it true where nothing is
	return unpack(found, #words + 1)
end

local function ok(affected_rows)
	proxy.response = { type = proxy.MYSQLD_PACKET_OK, affected_rows = affected_rows, insert_id = 0 }
	return proxy.PROXY_SEND_RESULT
end

local function err(message)
	proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = tostring(message) }
	return proxy.PROXY_SEND_RESULT
end

-- Calls the function for each option of each module.
local function each(config, visit)
	for name, options in pairs(config) do
		if type(options) == "table" then
			for option, value in pairs(options) do
				visit(name, option, value)
			end
		end
	end
end

local function show(config)
	local fields, rows = {}, {}
	for _, name in ipairs { "module", "option", "value", "type" } do
		fields[#fields + 1] = { name = name, type = proxy.MYSQL_TYPE_STRING }
	end
	each(config, function(name, option, value)
		rows[#rows + 1] = { tostring(name), tostring(option), tostring(value), type(value) }
	end)
	proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = { fields = fields, rows = rows } }
	return proxy.PROXY_SEND_RESULT
end

-- The value that a text stands for; nil if it is none.
local function literal(text)
	if text == "true" or text == "false" then
		return text == "true"
	elseif text:match("^-?%d+$") then
		return tonumber(text)
	end
	return text:match('^"([^"]*)"$')
end

local settable = { number = true, string = true, boolean = true }

local function set(config, name, option, value)
	local options = rawget(config, name)
	if type(options) ~= "table" then
		return err("module not known")
	elseif options[option] == nil then
		return err("option not know")
	end
	local present = type(options[option])
	if not settable[present] then
		return err("(auto-config) type: " .. present .. " isn't handled yet")
	elseif present ~= type(value) then
		return err("(auto-config) expected a " .. present .. ", got " .. type(value))
	end
	options[option] = value
	return ok(1)
end

-- Text that reads back as exactly this value; nil for what has no such text.
local function source(value)
	if type(value) == "string" then
		return ("%q"):format(value)
	elseif type(value) == "boolean" then
		return tostring(value)
	elseif type(value) ~= "number" then
		return nil
	elseif value ~= value then
		return "0/0"
	elseif value == 1 / 0 or value == -1 / 0 then
		return value > 0 and "1/0" or "-1/0"
	end
	return ("%.17g"):format(value)
end

local function chunk(config)
	local lines = { "return {" }
	for name, options in pairs(config) do
		if type(options) == "table" and source(name) then
			lines[#lines + 1] = "\t[" .. source(name) .. "] = {"
			for option, value in pairs(options) do
				if source(option) and source(value) then
					lines[#lines + 1] = "\t\t[" .. source(option) .. "] = " .. source(value) .. ","
				end
			end
			lines[#lines + 1] = "\t},"
		end
	end
	lines[#lines + 1] = "}\n"
	return table.concat(lines, "\n")
end

--- Writes a chunk that returns the options. Gives true, or false and a message.
function save(config, file)
	local out, message = io.open(file, "w")
	if not out then
		return false, message
	end
	local written, why = out:write(chunk(config))
	local closed, late = out:close()
	if not written or closed == false or closed == nil and late then
		return false, why or late
	end
	return true
end

local function read(file)
	local input, message = io.open(file, "r")
	if not input then
		return nil, message
	end
	local text = input:read("*a")
	input:close()
	if not text then
		return nil, file .. ": cannot be read"
	end
	return loadstring(text, "@" .. file)
end

--- Runs a chunk that returns options, and takes them over one by one. Gives true, or false and a message.
function load(config, file)
	local body, message = read(file)
	if not body then
		return false, message
	end
	local done, found = pcall(setfenv(body, {}))
	if not done then
		return false, found
	elseif type(found) ~= "table" then
		return false, file .. ": returns no table"
	end
	each(found, function(name, option, value)
		if type(rawget(config, name)) ~= "table" then
			config[name] = {}
		end
		config[name][option] = value
	end)
	return true
end

local function answer(done, message)
	return done and ok(0) or err(message)
end

local name = "([%a_][%w_]*)"
local quoted = '[ \t\n]+"([^"]*)"'

local function dispatch(config, text)
	if match(text, { "PROXY", "SHOW", "CONFIG" }, "()") then
		return show(config)
	end
	local module_name, option, value =
		match(text, { "PROXY", "SET", "GLOBAL" }, "[ \t\n]+" .. name .. "%." .. name .. "[ \t\n]*=[ \t\n]*(.+)")
	if module_name then
		local given = literal(value)
		if given == nil then
			return nil
		end
		return set(config, module_name, option, given)
	end
	local file = match(text, { "PROXY", "SAVE", "CONFIG", "INTO" }, quoted)
	if file then
		return answer(save(config, file))
	end
	file = match(text, { "PROXY", "LOAD", "CONFIG", "FROM" }, quoted)
	return file and answer(load(config, file)) or nil
end

--- Answers a command if it is one of ours: handle(config, cmd), config:handle(cmd) or handle(cmd).
function handle(config, cmd)
	if cmd == nil then
		config, cmd = proxy.global.config, config
	end
	if cmd.type ~= proxy.COM_QUERY or #cmd.query > longest then
		return nil
	end
	return dispatch(config, cmd.query)
end

-- the functions as methods of the configuration
local metatable = getmetatable(proxy.global.config) or {}
if type(metatable.__index) ~= "table" then
	metatable.__index = {}
end
metatable.__index.handle = handle
metatable.__index.load = load
metatable.__index.save = save
setmetatable(proxy.global.config, metatable)
