-- Connect, one statement, disconnect.
function thread_init()
	driver = sysbench.sql.driver()
end

function event()
	local con = driver:connect()
	con:query("SELECT 1")
	con:disconnect()
end
