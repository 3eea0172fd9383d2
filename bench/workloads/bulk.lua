-- One long result per event; the server makes it up, so that its disks have no say.
sysbench.cmdline.options = { rows = { "rows per result", 100000 }, width = { "bytes of a row on the wire", 1000 } }

function thread_init()
	con = sysbench.sql.driver():connect()
	-- Header of the packet and length of the cell are part of a row.
	local cell = sysbench.opt.width - 4 - (sysbench.opt.width > 0xFFFF and 4 or 3)
	query = string.format("SELECT REPEAT('x', %d) FROM seq_1_to_%d", cell, sysbench.opt.rows)
end

function thread_done()
	con:disconnect()
end

function event()
	con:query(query)
end
