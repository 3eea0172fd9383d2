-- Connections that do nothing: each thread holds some.
sysbench.cmdline.options = { each = { "connections of a thread", 10 } }

local ffi = require("ffi")
ffi.cdef("int usleep(unsigned int)")

function thread_init()
	local driver = sysbench.sql.driver()
	held = {}
	for i = 1, sysbench.opt.each do
		held[i] = driver:connect()
		held[i]:query("SELECT 1")
	end
end

function thread_done()
	for _, con in ipairs(held) do
		con:disconnect()
	end
end

function event()
	ffi.C.usleep(100000)
end
