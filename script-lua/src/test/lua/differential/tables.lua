--## insert
local t = { 1, 2, 3 }
table.insert(t, 4) table.insert(t, 1, 0) table.insert(t, 3, "x") table.insert(t, #t + 1, "end")
print(table.concat(t, " "))
--## insert-beyond
local t = { 1, 2 }
table.insert(t, 5, "five") print(#t, t[3], t[5])
local u = {}
table.insert(u, 0, "zero") print(u[0], u[1], #u)
table.insert(u, -1, "minus") print(u[-1], u[0], u[1])
--## insert-errors
print(try(table.insert), try(table.insert, {}), try(table.insert, {}, 1, 2, 3), try(table.insert, nil, 1), try(table.insert, {}, "x", 1), try(table.insert, 5, 1))
--## insert-errors-by-name
print(pcall(function() table.insert(nil, 1) end))
print(pcall(function() table.insert({}, 1, 2, 3) end))
--## remove
local t = { 1, 2, 3, 4 }
print(table.remove(t), table.remove(t, 1), table.concat(t, " "), table.remove(t, 5), table.remove(t, 0), #t)
print(table.remove({}), select("#", table.remove({})), table.remove({ 7 }), try(table.remove), try(table.remove, {}, "x"))
--## concat
print(table.concat({}), table.concat({ 1 }), table.concat({ 1, 2, 3 }, ", "), table.concat({ 1, 2, 3 }, ", ", 2), table.concat({ 1, 2, 3 }, ", ", 2, 3), table.concat({ 1, 2, 3 }, "", 3, 2))
print(table.concat({ 1.5, "x", 2 }, "-"), table.concat({ 1, 2 }, 0), table.concat({ "a", "b" }, nil))
print(try(table.concat, { 1, {}, 3 }), try(table.concat, { 1, nil, 3 }, ",", 1, 3), try(table.concat), try(table.concat, { true }), try(table.concat, {}, {}))
--## sort-numbers
local t = { 5, 2, 8, 1, 9, 3, 7, 4, 6, 0, -1, 2.5 }
table.sort(t) print(table.concat(t, " "))
table.sort(t, function(a, b) return a > b end) print(table.concat(t, " "))
--## sort-strings
local t = { "b", "a", "C", "\200", "", "aa", "Z", "10", "9" }
table.sort(t)
for i = 1, #t do t[i] = ("%q"):format(t[i]) end
print(table.concat(t, " "))
--## sort-unstable-order
local t = {}
for i = 1, 40 do t[i] = { k = i % 4, n = i } end
table.sort(t, function(a, b) return a.k < b.k end)
for i = 1, 40 do t[i] = t[i].k .. ":" .. t[i].n end
print(table.concat(t, " "))
--## sort-comparisons-in-order
local t, log = { 3, 1, 4, 1, 5, 9, 2, 6 }, {}
table.sort(t, function(a, b) log[#log + 1] = a .. "<" .. b return a < b end)
print(table.concat(log, " "))
--## sort-invalid-order
print(pcall(table.sort, { 1, 2, 3, 4, 5 }, function() return true end))
local t = {}
for i = 1, 20 do t[i] = i end
print(pcall(table.sort, t, function(a, b) return a <= b or true end))
--## sort-errors
print(try(table.sort, { 1, "x" }), try(table.sort, { {}, {} }), try(table.sort, { 1, nil, 3 }), try(table.sort), try(table.sort, {}, 5), try(table.sort, { 1, 2 }, function() error("in order") end))
print(pcall(table.sort, { true, false }))
--## sort-small
for n = 0, 4 do
  local t = {}
  for i = 1, n do t[i] = (i * 7) % 5 end
  table.sort(t) print(n, table.concat(t, " "))
end
--## sort-large
local t, x = {}, 42
for i = 1, 2000 do x = (x * 16807) % 2147483647 t[i] = x end
table.sort(t)
local ok = true
for i = 2, #t do ok = ok and t[i - 1] <= t[i] end
print(ok, t[1], t[2000])
--## length-of-constructors
print(#{}, #{ 1 }, #{ 1, 2, 3 }, #{ nil }, #{ nil, nil, 3 }, #{ 1, nil, 3 }, #{ 1, 2, 3, nil, 5 }, #{ 1, 2, nil }, #{ nil, 2 }, #{ n = 1 }, #{ 1, nil }, #{ 1, nil, nil, 4 })
--## length-after-removal
local t = { 1, 2, 3, 4 }
t[4] = nil print(#t) t[2] = nil print(#t) t[1] = nil print(#t) t[3] = nil print(#t)
--## length-after-growth
local t = {}
t[1] = 1 t[2] = 2 t[4] = 4 print(#t)
local u = {}
for i = 1, 10 do u[i] = i end
u[5] = nil print(#u) u[10] = nil print(#u)
local v = { 10, 20, 30, nil }
v[5] = 50 print(#v)
--## length-of-calls
local function f() return 1, nil, 3 end
print(#{ f() }, #{ f(), f() }, select("#", unpack({ f() })), #{ (f()) })
--## length-ignores-metamethods-of-tables
print(#setmetatable({ 1, 2 }, { __len = function() return 99 end }))
--## unpack
print(unpack({ 1, 2, 3 }), unpack({ 1, 2, 3 }, 2), unpack({ 1, 2, 3 }, 2, 3), unpack({}, 1, 3), unpack({ 1, nil, 3 }))
print(select("#", unpack({}, 1, 200)), try(unpack), try(unpack, {}, 1, 1e8), try(unpack, {}, "x"))
--## maxn-getn-setn
print(table.maxn({ 1, 2, [10] = 3, [5.5] = 1 }), table.maxn({}), table.maxn({ [-1] = 1 }), table.getn({ 1, 2 }), try(table.setn, {}, 5), try(table.maxn), try(table.getn, 5))
--## foreach
table.foreachi({ 10, 20 }, print)
table.foreach({ a = 1 }, print)
print(table.foreachi({ 5, 6, 7 }, function(i, v) if v == 6 then return i end end), try(table.foreach, {}), try(table.foreachi, nil, print))
--## next
print(next({}), next({ 5 }), next({ a = 1 }), next({ 5 }, 1), try(next), try(next, 5))
print(pcall(next, {}, "nosuch"))
--## pairs-order-of-arrays
local t = { 10, 20, 30 }
for k, v in pairs(t) do print(k, v) end
for i, v in ipairs({ 1, 2, nil, 4 }) do print(i, v) end
--## pairs-with-removal
local t = {}
for i = 1, 100 do t["k" .. i] = i end
local n = 0
for k, v in pairs(t) do n = n + v t[k] = nil end
print(n, next(t))
--## pairs-with-changes
local t = { a = 1, b = 2, c = 3 }
for k in pairs(t) do t[k] = t[k] * 2 end
print(t.a, t.b, t.c)
--## iterator-errors
print(try(pairs), try(pairs, nil), try(ipairs), try(ipairs, 5))
print(pcall(function() for k in pairs(nil) do end end))
print(pcall(function() for k in nil do end end))
print(pcall(function() for k in 5 do end end))
print(pcall(function() for k in next, 5 do end end))
--## bad-keys
local t = {}
print(pcall(function() t[nil] = 1 end))
print(pcall(function() t[0/0] = 1 end))
print(t[nil], t[0/0], try(rawset, t, nil, 1), try(rawset, t, 0/0, 1), rawget(t, nil))
--## keys-are-normalised
local t = {}
t[1] = "a" t[1.0] = "b" t["1"] = "c" t[2^53] = "d"
print(t[1], t["1"], #t, t[2^53], t[9007199254740992])
--## nested-and-trailing-separators
local t = { { 1, 2 }, { a = { b = "deep" } }; "x", ["key with space"] = 1, [1 + 1] = "ignored", }
print(t[1][2], t[2].a.b, t[3], t["key with space"], #t)
--## constructor-order
local t = { [1] = "x", "y" }
print(t[1])
local function f(...) return { ..., "last" } end
print(#f(1, 2, 3), f(1, 2)[2])
--## large-constructors
local parts = {}
for i = 1, 600 do parts[i] = tostring(i) end
local t = loadstring("return {" .. table.concat(parts, ",") .. "}")()
print(#t, t[600], t[51], t[513])
--## stack-and-queue
local q, first, last = {}, 1, 0
for i = 1, 5 do last = last + 1 q[last] = i end
while first <= last do io.write("") print(q[first]) q[first] = nil first = first + 1 end
print(next(q), #q)
--## table-as-set-and-identity
local a, b = {}, {}
local set = { [a] = 1, [print] = 2, [true] = 3, [1.5] = 4 }
print(set[a], set[b], set[print], set[true], set[false], set[1.5], a == b, a == a)
--## integers-and-floats-as-keys
local t = { [1] = 1, [1.5] = 2, [-1] = 3, [0] = 4, [2^31] = 5, [-2^31] = 6, [1e100] = 7 }
print(t[1], t[1.5], t[-1], t[0], t[2147483648], t[-2147483648], t[1e100])
