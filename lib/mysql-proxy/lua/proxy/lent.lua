-- What is known of server connections that were lent to statements: what was set on each, and the SET that gives it the
-- character sets of its login.

module("proxy.lent", package.seeall)

-- So many are remembered; beyond, the half that was not lent for the longest time is forgotten. Nobody tells when a connection
-- that lies in a pool has ended, and the next one of that server has another number.
MOST = 8192

local function store()
	local found = proxy.global.lent_connections
	if not found then
		found = { count = 0, clock = 0, by_key = {} }
		proxy.global.lent_connections = found
	end
	return found
end

local function key()
	local server = proxy.connection.server
	return server.dst.name .. "#" .. server.thread_id
end

local function touch(all, known)
	all.clock = all.clock + 1
	known.used = all.clock
	return known
end

local function shrink(all)
	local ages = {}
	for _, known in pairs(all.by_key) do
		ages[#ages + 1] = known.used
	end
	table.sort(ages)
	local limit = ages[math.floor(#ages / 2)]
	for name, known in pairs(all.by_key) do
		if known.used <= limit then
			all.by_key[name] = nil
			all.count = all.count - 1
		end
	end
end

local function remember(settings)
	local all, name = store(), key()
	if not all.by_key[name] then
		if all.count >= MOST then
			shrink(all)
		end
		all.count = all.count + 1
	end
	all.by_key[name] = touch(all, { settings = settings })
	return all.by_key[name]
end

--- The connection of now: settings is a list of what was set on it, names the SET of its character sets if it is known.
-- Of one that is not remembered nobody knows what is set: it fits no one before it is reset.
function current()
	local all = store()
	local known = all.by_key[key()]
	return known and touch(all, known) or remember { "?" }
end

--- A client has logged in on the connection of now. If it was in the pool before, it may have been taken over as it was.
function is_new()
	local known = store().by_key[key()]
	if not known then
		remember {}
	elseif #known.settings > 0 then
		known.settings = { "?" }
	end
end

-- What a statement sets, if that is one variable; else the whole statement.
local function subject(setting)
	return setting:match("^[^=,]+=") and not setting:find(",", 1, true) and setting:match("^[^=]+"):upper() or setting
end

--- Adds to a list of settings; what is set anew takes the place of the former value.
function record(settings, setting)
	for i, former in ipairs(settings) do
		if subject(former) == subject(setting) then
			table.remove(settings, i)
			break
		end
	end
	settings[#settings + 1] = setting
end

--- The connection of now will not be lent any more.
function forget()
	local all, name = store(), key()
	if all.by_key[name] then
		all.by_key[name] = nil
		all.count = all.count - 1
	end
end
