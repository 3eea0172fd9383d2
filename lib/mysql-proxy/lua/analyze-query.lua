-- Prints of each statement how long it took and what came of it, with the statement in its normal form.
--
--   bin/launcher --plugins=proxy --proxy-lua-script=lib/mysql-proxy/lua/analyze-query.lua
--
-- PROXY SET GLOBAL analyze_query.min_query_time = 100000 leaves out what is faster, in microseconds;
-- PROXY SET GLOBAL analyze_query.is_enabled = false stops it.

local commands = require("proxy.commands")
local tokenizer = require("proxy.tokenizer")
require("proxy.auto-config")

proxy.global.config.analyze_query = proxy.global.config.analyze_query or { is_enabled = true, min_query_time = 0 }

function read_query(packet)
	local cmd = commands.parse(packet)
	local answer = proxy.global.config:handle(cmd)
	if answer then
		return answer
	elseif cmd.type ~= proxy.COM_QUERY or not proxy.global.config.analyze_query.is_enabled then
		return nil
	end
	-- queued, so that it is timed; its result passes as it comes in
	proxy.queries:append(1, packet)
	return proxy.PROXY_SEND_QUERY
end

function read_query_result(inj)
	local result = inj.resultset
	if inj.query_time < proxy.global.config.analyze_query.min_query_time then
		return nil
	end
	local failed = result.query_status == proxy.MYSQLD_PACKET_ERR
	print(("[analyze-query] %s: %s, %d us to the first row, %d us in all, %d rows, %d bytes, %d affected, %d warnings"):format(
		tokenizer.normalize(tokenizer.tokenize(inj.query:sub(2))), failed and "failed" or "done", inj.query_time,
		inj.response_time, result.row_count or 0, result.bytes or 0, result.affected_rows or 0, result.warning_count or 0))
end
