--[[ answer: answer statements in the script, without any server.

     bin/launcher --plugins=proxy --proxy-backend-addresses=127.0.0.1:3306 --proxy-lua-script=samples/lua/answer.lua

     SHOW SCRIPT      a result set        FORGET SCRIPT    an OK packet        DROP SCRIPT      an ERR packet

     Everything else goes to the server. ]]

local function show()
	proxy.response = {
		type = proxy.MYSQLD_PACKET_OK,
		resultset = {
			fields = {
				{ name = "Name", type = proxy.MYSQL_TYPE_VAR_STRING },
				{ name = "Value", type = proxy.MYSQL_TYPE_VAR_STRING },
			},
			rows = {
				{ "script", "answer" },
				{ "api", proxy.PROXY_VERSION },
				{ "user", proxy.connection.client.username },
				{ "nothing", nil },
			},
		},
	}
end

local ANSWERS = {
	["show script"] = show,
	["forget script"] = function()
		proxy.response = { type = proxy.MYSQLD_PACKET_OK, affected_rows = 1, insert_id = 7 }
	end,
	["drop script"] = function()
		proxy.response = {
			type = proxy.MYSQLD_PACKET_ERR,
			errcode = 1142,
			sqlstate = "42000",
			errmsg = "this script cannot be dropped",
		}
	end,
}

function read_query(packet)
	local answer = packet:byte() == proxy.COM_QUERY and ANSWERS[packet:sub(2):lower()]
	if answer then
		answer()
		return proxy.PROXY_SEND_RESULT
	end
end
