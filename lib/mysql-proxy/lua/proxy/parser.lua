-- Finds out which tables a statement reads or writes, from its tokens alone: enough to route or to forbid, no more.

module("proxy.parser", package.seeall)

--- The name with its schema; the client's default one if none is given.
function tablename_expand(name, db)
	if not db then
		local client = proxy.connection and proxy.connection.client
		db = client and client.default_db
	end
	return db and db ~= "" and db .. "." .. name or name
end

-- A cursor over the tokens that mean something.
local function cursor(tokens)
	local self = { list = {}, at = 1 }
	for i = 1, #tokens do
		local token = tokens[i]
		if token and token.token_name ~= "TK_COMMENT" and token.token_name ~= "TK_UNKNOWN" then
			self.list[#self.list + 1] = { name = token.token_name, text = token.text, upper = token.text:upper() }
		end
	end

	function self:peek(offset)
		return self.list[self.at + (offset or 0)]
	end

	function self:next()
		self.at = self.at + 1
		return self.list[self.at - 1]
	end

	return self
end

local function is_name(token)
	-- a name directly before a parenthesis looks like a function
	return token and (token.name == "TK_LITERAL" or token.name == "TK_FUNCTION")
end

-- Reads one name with or without schema.
local function read_name(input)
	local first = input:next().text
	if input:peek() and input:peek().name == "TK_DOT" and is_name(input:peek(1)) then
		input:next()
		return tablename_expand(input:next().text, first)
	end
	return tablename_expand(first)
end

local function skip_parentheses(input)
	local depth = 1
	while depth > 0 and input:peek() do
		local name = input:next().name
		depth = depth + (name == "TK_OBRACE" and 1 or name == "TK_CBRACE" and -1 or 0)
	end
end

local ends = { WHERE = true, GROUP = true, ORDER = true, LIMIT = true, SET = true }
local conditions = { ON = true, USING = true }
local quiet = { LEFT = true, RIGHT = true, OUTER = true, AND = true, OR = true, AS = true, LOW_PRIORITY = true, IGNORE = true }

-- What one token means for the list: whether a table may follow, and whether a condition is being read.
local function step(token, expected, condition)
	if token.name == "TK_COMMA" or token.name == "TK_SQL_JOIN" then
		return true, false
	elseif conditions[token.upper] then
		return false, true
	elseif token.upper == "AS" then
		return false, condition
	elseif not condition and not quiet[token.upper] then
		print("(parser) unknown, found token: " .. token.name .. " -> " .. token.text)
	end
	return expected, condition
end

-- Tables behind FROM or UPDATE: one at first, and one behind each comma and JOIN.
local function read_list(input, tables, mode)
	local expected, condition = true, false
	while input:peek() and not ends[input:peek().upper] do
		if expected and is_name(input:peek()) then
			tables[read_name(input)] = mode
			expected = false
		else
			local token = input:next()
			if token.name == "TK_OBRACE" then
				skip_parentheses(input)
			else
				expected, condition = step(token, expected, condition)
			end
		end
	end
end

local function read_from(input, tables, mode)
	while input:peek() do
		local token = input:next()
		if token.name == "TK_OBRACE" then
			skip_parentheses(input)
		elseif token.name == "TK_SQL_FROM" then
			return read_list(input, tables, mode)
		end
	end
end

local modifiers = { INTO = true, LOW_PRIORITY = true, HIGH_PRIORITY = true, DELAYED = true, IGNORE = true }

local function read_insert(input, tables)
	while input:peek() and input:peek().name ~= "TK_LITERAL" and modifiers[input:peek().upper] do
		input:next()
	end
	if is_name(input:peek()) then
		tables[read_name(input)] = "write"
	end
end

local existence = { IF = true, NOT = true, EXISTS = true }

local function read_definition(input, tables)
	if input:peek() and input:peek().upper == "TEMPORARY" then
		input:next()
	end
	if not input:peek() or input:next().name ~= "TK_SQL_TABLE" then
		return
	end
	while input:peek() and input:peek().name ~= "TK_LITERAL" and existence[input:peek().upper] do
		input:next()
	end
	if is_name(input:peek()) then
		tables[read_name(input)] = "write"
	end
end

local statements = {
	SELECT = function(input, tables) read_from(input, tables, "read") end,
	DELETE = function(input, tables) read_from(input, tables, "write") end,
	UPDATE = function(input, tables) read_list(input, tables, "write") end,
	INSERT = read_insert,
	CREATE = read_definition,
	DROP = read_definition,
	ALTER = read_definition,
	RENAME = read_definition,
}

--- A table from names to "read" or "write".
function get_tables(tokens)
	local tables = {}
	local input = cursor(tokens)
	local first = input:peek()
	if first and statements[first.upper] then
		input:next()
		statements[first.upper](input, tables)
	end
	return tables
end
