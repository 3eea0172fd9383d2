-- A small library for unit tests of scripts, to be run without any connection.

module("proxy.test", package.seeall)

local function shown(value)
	return "'" .. tostring(value) .. "' <" .. type(value) .. ">"
end

-- The traceback behind the functions of this file, without its heading.
local function fail(text, message)
	local trace = debug.traceback("", 3):gsub("^%s*stack traceback:%s*", "")
	error(text .. " (" .. tostring(message) .. "): " .. trace, 0)
end

--- Same type, and equal.
function assertEquals(is, expected, message)
	if type(is) ~= type(expected) then
		fail("got type '" .. type(is) .. "' for <" .. tostring(is) .. ">, expected type '" .. type(expected) .. "' for <"
			.. tostring(expected) .. ">", message)
	elseif is ~= expected then
		fail("got " .. shown(is) .. ", expected " .. shown(expected), message)
	end
end

--- Not equal.
function assertNotEquals(is, expected, message)
	if is == expected then
		fail("got " .. shown(is) .. ", expected anything else", message)
	end
end

_G.assertEquals = assertEquals
_G.assertNotEquals = assertNotEquals

--- What test classes are made of: TestFoo = proxy.test.BaseTest:new()
BaseTest = {}

function BaseTest:new(object)
	object = object or {}
	self.__index = self
	return setmetatable(object, self)
end

function BaseTest:setUp() end

function BaseTest:tearDown() end

--- For tests of scripts: with a proxy of their own.
ProxyBaseTest = BaseTest:new()

local commands = "SLEEP QUIT INIT_DB QUERY FIELD_LIST CREATE_DB DROP_DB REFRESH SHUTDOWN STATISTICS PROCESS_INFO CONNECT "
	.. "PROCESS_KILL DEBUG PING TIME DELAYED_INSERT CHANGE_USER BINLOG_DUMP TABLE_DUMP CONNECT_OUT REGISTER_SLAVE "
	.. "STMT_PREPARE STMT_EXECUTE STMT_SEND_LONG_DATA STMT_CLOSE STMT_RESET SET_OPTION STMT_FETCH DAEMON"

local function queue()
	return {
		data = {},
		append = function(self, id, query, attributes)
			self.data[#self.data + 1] = { id = id, query = query, attr = attributes }
		end,
		reset = function(self)
			self.data = {}
		end,
		len = function(self)
			return #self.data
		end,
	}
end

--- Puts a proxy without server and client into the place of the real one, for all scripts of the process.
function ProxyBaseTest:setDefaultScope()
	local mock = {
		global = { config = {} },
		queries = queue(),
		connection = { server = {}, client = {} },
		response = {},
		PROXY_SEND_QUERY = 1,
		PROXY_SEND_RESULT = 2,
		PROXY_IGNORE_RESULT = 4,
		PROXY_VERSION = 0x000805,
		MYSQLD_PACKET_OK = 0,
		MYSQLD_PACKET_EOF = 254,
		MYSQLD_PACKET_ERR = 255,
		MYSQL_TYPE_STRING = 254,
	}
	local number = 0
	for command in commands:gmatch("%S+") do
		mock["COM_" .. command] = number
		number = number + 1
	end
	_G.proxy = setmetatable(mock, {
		__index = function(_, key)
			error("proxy.[" .. tostring(key) .. "] is unknown, please adjust the mock here", 2)
		end,
	})
end

--- Counts what passed and keeps what failed.
Result = {}
Result.__index = Result

function Result:new()
	return setmetatable({ passed = 0, failed = 0, failed_tests = {} }, self)
end

local function sorted(names)
	local list = {}
	for name in pairs(names) do
		list[#list + 1] = name
	end
	table.sort(list)
	return list
end

function Result:print()
	for _, class in ipairs(sorted(self.failed_tests)) do
		for _, method in ipairs(sorted(self.failed_tests[class])) do
			print(class .. ":" .. method .. " failed: " .. self.failed_tests[class][method])
		end
	end
	local all = self.passed + self.failed
	local percent = all == 0 and 100 or self.passed * 100 / all
	print(("%.02f%%, %d passed, %d failed"):format(percent, self.passed, self.failed))
end

function Result:add(class, method, passed, message)
	if passed then
		self.passed = self.passed + 1
		return
	end
	self.failed = self.failed + 1
	self.failed_tests[class] = self.failed_tests[class] or {}
	self.failed_tests[class][method] = tostring(message)
end

--- Runs test classes: Suite:new { result = Result:new() }
Suite = {}
Suite.__index = Suite

function Suite:new(object)
	if not object or not object.result then
		error("a suite needs a result", 2)
	end
	return setmetatable(object, self)
end

-- The tables Test* that the caller sees: the globals of its script, and those of all.
local function classes(environment)
	local found = {}
	for _, globals in ipairs { _G, environment } do
		for name, value in pairs(globals) do
			if type(name) == "string" and name:sub(1, 4) == "Test" and type(value) == "table" then
				found[name] = true
			end
		end
	end
	return sorted(found)
end

local function tests(class)
	local found = {}
	for name, value in pairs(class) do
		if type(name) == "string" and name:sub(1, 4) == "test" and type(value) == "function" then
			found[name] = true
		end
	end
	return sorted(found)
end

local function run(class, method)
	local passed, message = pcall(function()
		class:setUp()
		class[method](class)
	end)
	local cleaned, why = pcall(class.tearDown, class)
	return passed and cleaned, message or why
end

--- Runs all tests of the named classes; without names, of all classes.
function Suite:run(names)
	local environment = getfenv(2)
	for _, name in ipairs(names or classes(environment)) do
		local class = environment[name]
		for _, method in ipairs(tests(class)) do
			self.result:add(name, method, run(class, method))
		end
	end
end

--- 0 if nothing failed.
function Suite:exit_code()
	return self.result.failed == 0 and 0 or 1
end
