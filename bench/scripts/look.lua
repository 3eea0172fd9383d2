-- Looks at every packet, and lets it pass.
function read_query(packet)
	if packet:byte() == proxy.COM_QUERY and packet:sub(2, 5) == "DROP" then
		print("someone drops something")
	end
end
