-- What a statement does to the session it runs in, as far as its tokens tell.

local tokenizer = require("proxy.tokenizer")

module("proxy.statements", package.seeall)

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
-- but for calls of these, with which lists of words are put together
local plain_functions = set("CONCAT CONCAT_WS REPLACE IF IFNULL COALESCE NULLIF UPPER LOWER TRIM LOCATE FIND_IN_SET INSTR "
	.. "SUBSTRING SUBSTR LEFT RIGHT")

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
		local calls = token.token_name == "TK_FUNCTION" and not plain_functions[text]
		return calls or token.token_name == "TK_SQL_SELECT" or unrepeatable[text]
	end)
end

local function leaves_traces(tokens)
	return any(tokens, function(token, text)
		-- in a comment for the server may be anything
		local hidden = token.token_name == "TK_ASSIGN" or token.token_name == "TK_COMMENT_MYSQL"
		return hidden or is_own_variable(token) or lasting_functions[text] or text == "TEMPORARY"
	end)
end

--- Whether a statement only reads, and gives on any connection what it gives on this one.
function reads_only(tokens)
	return first_word(tokens) == "SELECT" and not is_several(tokens) and not any(tokens, function(token, text)
		return writing[token.token_name] or session_functions[text] or session_variables[text]
			or lasting_functions[text] or is_own_variable(token)
	end)
end

--- What stays of a statement in the session: "lock" and "unlock" for tables; "setting" if it can be repeated on another connection
-- and then gives the same; "trace" if it cannot; nil if nothing stays.
function effect(tokens)
	local first = first_word(tokens)
	if first == "LOCK" or first == "UNLOCK" then
		return first:lower()
	elseif is_several(tokens) or lasting_words[first] or leaves_traces(tokens) then
		return "trace"
	elseif first == "SET" then
		return is_repeatable(tokens) and "setting" or "trace"
	end
end

--- Whether FOUND_ROWS() may be asked for next.
function counts_rows(tokens)
	return any(tokens, function(token) return token.token_name == "TK_SQL_SQL_CALC_FOUND_ROWS" end)
end
