--## arithmetic
local mt = {}
for _, e in ipairs { "add", "sub", "mul", "div", "mod", "pow", "concat" } do
  mt["__" .. e] = function(a, b) return e .. ":" .. (type(a) == "table" and "t" or a) .. "," .. (type(b) == "table" and "t" or b) end
end
mt.__unm = function(a, b) return "unm:" .. tostring(a == b) end
local t = setmetatable({}, mt)
print(t + 1, 1 + t, t - 1, t * 2, 2 / t, t % 3, t ^ 2, -t, t .. "x", "x" .. t, 1 .. t, t .. t, t + t)
--## arithmetic-with-strings
local t = setmetatable({}, { __add = function(a, b) return "called" end })
print(t + "x", "x" + t, t + nil, pcall(function() return nil + {} end))
--## comparison
local mt = { __lt = function(a, b) return a.v < b.v end, __le = function(a, b) return a.v <= b.v end, __eq = function(a, b) return a.v == b.v end }
local function new(v) return setmetatable({ v = v }, mt) end
print(new(1) < new(2), new(1) > new(2), new(1) <= new(1), new(2) >= new(3), new(1) == new(1), new(1) ~= new(2), new(1) == 1)
--## le-through-lt
local mt = { __lt = function(a, b) return a.v < b.v end }
local function new(v) return setmetatable({ v = v }, mt) end
print(new(1) <= new(2), new(2) <= new(1), new(1) >= new(1))
--## comparison-results-are-booleans
local t = setmetatable({}, { __lt = function() return 1 end, __eq = function() return "x" end })
local u = setmetatable({}, getmetatable(t))
print(t < u, t == u, t ~= u)
--## eq-needs-the-same-function
local a = setmetatable({}, { __eq = function() return true end })
local b = setmetatable({}, { __eq = function() return true end })
print(a == b, a == a)
--## lt-needs-the-same-function
local a = setmetatable({}, { __lt = function() return true end })
local b = setmetatable({}, { __lt = function() return true end })
print(try(function() return a < b end), try(function() return a < {} end))
--## mixed-comparison
local a = setmetatable({}, { __lt = function() return true end })
print(pcall(function() return a < 1 end))
print(pcall(function() return "x" < a end))
--## index-chain
local base = { x = "base" }
local mid = setmetatable({ y = "mid" }, { __index = base })
local t = setmetatable({}, { __index = mid })
print(t.x, t.y, t.z, rawget(t, "x"))
--## index-function
local t = setmetatable({}, { __index = function(t, k) return k .. "!" end })
print(t.a, t[1], t[true] == nil and "" or "bool")
--## index-on-non-tables
local t = setmetatable({}, { __index = 5 })
print(pcall(function() return t.x end))
local u = setmetatable({}, { __index = "str" })
print(u.len == string.len, u.nosuch)
--## index-loop
local a = {}
setmetatable(a, { __index = a })
print(pcall(function() return a.x end))
local b = setmetatable({}, {})
getmetatable(b).__newindex = b
print(pcall(function() b.x = 1 end))
--## newindex
local log = {}
local t = setmetatable({}, { __newindex = function(t, k, v) log[#log + 1] = k rawset(t, k, v) end })
t.a = 1 t.a = 2 t.b = 3
print(table.concat(log, " "), t.a, t.b)
local store = {}
local u = setmetatable({}, { __newindex = store })
u.x = 1
print(rawget(u, "x"), store.x)
--## call
local t = setmetatable({}, { __call = function(self, a, b) return self.v, a, b, select("#", a, b) end })
t.v = "self"
print(t(1, 2), t(), pcall(t, 5))
--## call-of-callable
local inner = setmetatable({}, { __call = function(_, ...) return "inner", ... end })
local outer = setmetatable({}, { __call = inner })
print(pcall(outer, 1))
--## tostring
local t = setmetatable({}, { __tostring = function() return "shown" end })
print(t, tostring(t), pcall(function() return t .. "" end))
--## metatable-field
local t = setmetatable({}, { __metatable = "locked" })
print(getmetatable(t), pcall(setmetatable, t, {}), getmetatable("").__metatable)
--## setmetatable-errors
print(try(setmetatable), try(setmetatable, {}), try(setmetatable, {}, 5), try(setmetatable, 5, {}), getmetatable(setmetatable({}, nil)), try(getmetatable), getmetatable({}), getmetatable(5))
--## concat-order
local mt = { __concat = function(a, b) return "(" .. tostring(type(a) == "table" and "t" or a) .. tostring(type(b) == "table" and "t" or b) .. ")" end }
local t = setmetatable({}, mt)
print(t .. "a" .. "b", "a" .. t .. "b", "a" .. "b" .. t, 1 .. t .. 2)
--## weak-tables
local weak = setmetatable({}, { __mode = "k" })
local key = {}
weak[key] = "v" weak.x = "string keys stay"
print(weak[key], weak.x, #setmetatable({ 1, 2, 3 }, { __mode = "v" }))
--## inheritance
local Base = {} Base.__index = Base
function Base.new(c, n) local o = setmetatable({}, c) o.n = n return o end
function Base:name() return "base " .. self.n end
local Derived = setmetatable({}, { __index = Base }) Derived.__index = Derived
function Derived:name() return "derived " .. Base.name(self) end
print(Base.new(Base, 1):name(), Derived.new(Derived, 2):name(), Derived:new(3):name())
--## gc-and-mode-are-ignored-fields
local t = setmetatable({}, { __gc = 5, __mode = "x", __nosuch = 1 })
print(type(t), #t)
--## len-on-userdata-only
local p = newproxy(true)
getmetatable(p).__len = function() return 7 end
print(#p, #setmetatable({}, { __len = function() return 7 end }))
--## unm-on-strings
print(-"2", pcall(function() return -"x" end))
--## metamethods-get-originals
local t = setmetatable({}, { __add = function(a, b) return type(a) .. type(b) end, __index = function(t, k) return type(k) end })
print(t + "1", 1 + t, t[1], t.x, t[t])
--## metatables-are-shared
local mt = {}
local a, b = setmetatable({}, mt), setmetatable({}, mt)
mt.__index = { x = 1 }
print(a.x, b.x)
--## debug-metatables
local t = setmetatable({}, { __metatable = "locked" })
print(type(debug.getmetatable(t)), debug.setmetatable(t, nil), getmetatable(t), debug.getmetatable({}))
