-- What can be done with the tokens of a statement.

local native = require("mysql.tokenizer")

module("proxy.tokenizer", package.seeall)

tokenize = native.tokenize

-- words that begin a statement without being keywords to the tokenizer
local starters = { COMMIT = true, ROLLBACK = true, BEGIN = true, START = true }
local values = { TK_STRING = true, TK_INTEGER = true, TK_FLOAT = true }

local function literal(text, before)
	if text:sub(1, 1) == "@" then
		return text .. " "
	end
	local upper = text:upper()
	local is_start = #before == 0 and starters[upper]
	local is_transaction = #before == 1 and before[1] == "START " and upper == "TRANSACTION"
	return (is_start or is_transaction) and upper .. " " or "`" .. text .. "` "
end

local function normal(name, text, before)
	if name == "TK_COMMENT_MYSQL" then
		return "/*!" .. text .. "*/ "
	elseif name == "TK_LITERAL" then
		return literal(text, before)
	elseif values[name] then
		return "? "
	elseif name == "TK_FUNCTION" then
		return text:upper()
	end
	return text:upper() .. " "
end

--- The statement without its values and its author's habits: two that differ in nothing else give the same text.
function normalize(tokens)
	local parts = {}
	for i = 1, #tokens do
		local token = tokens[i]
		if token and token.token_name ~= "TK_COMMENT" then
			parts[#parts + 1] = normal(token.token_name, token.text, parts)
		end
	end
	return table.concat(parts)
end

--- The first token that is no comment; one that the server runs is none.
function first_stmt_token(tokens)
	for i = 1, #tokens do
		local token = tokens[i]
		if token and token.token_name ~= "TK_COMMENT" then
			return token
		end
	end
	return nil
end

--- The texts of all tokens but comments. Of something that has no texts, such as the result of this function, nothing.
function bare_tokens(tokens, quote_strings)
	local texts = {}
	for i = 1, #tokens do
		local token = tokens[i]
		if token and token.token_name ~= "TK_COMMENT" then
			local quoted = quote_strings and token.token_name == "TK_STRING"
			texts[#texts + 1] = quoted and ("%q"):format(token.text) or token.text
		end
	end
	return texts
end

local function source(token)
	local name, text = token.token_name, token.text
	if name == "TK_COMMENT" then
		return ""
	elseif name == "TK_COMMENT_MYSQL" then
		return "/*!" .. text .. "*/ "
	elseif name == "TK_STRING" then
		return ("%q "):format(text)
	end
	return name == "TK_FUNCTION" and text or text .. " "
end

--- A statement again, of the tokens from first to last.
function tokens_to_query(tokens, first, last)
	local parts = {}
	for i = first or 1, last or #tokens do
		local token = tokens[i]
		if token then
			parts[#parts + 1] = source(token)
		end
	end
	return table.concat(parts)
end

--- The texts of all tokens but comments.
function tokens_without_comments(tokens)
	return bare_tokens(tokens, false)
end
