--## index-local
print(pcall(function() local a; return a.b end))
print(pcall(function() local a; a.b = 1 end))
print(pcall(function() local a = 5; return a.b.c end))
print(pcall(function() local a = true; a[1] = 2 end))
--## index-global
print(pcall(function() return nosuch.b end))
print(pcall(function() nosuch.b = 1 end))
print(pcall(function() return nosuch["x"] end))
print(pcall(function() return nosuch[1] end))
--## index-field
print(pcall(function() local t = {}; return t.a.b end))
print(pcall(function() local t = { a = {} }; return t.a.b.c end))
print(pcall(function() local t = {}; t.x.y = 1 end))
print(pcall(function() local t = {}; return t[1].y end))
print(pcall(function() local t, k = {}, "k"; return t[k].y end))
--## index-upvalue
local up
print(pcall(function() return up.x end))
print(pcall(function() up.x = 1 end))
print(pcall(function() return up[1] end))
--## index-results
local function f() return nil end
print(pcall(function() return f().x end))
print(pcall(function() return (f()).x end))
print(pcall(function() return (1 and nil).x end))
print(pcall(function() return ("x").y.z end))
print(pcall(function() return ({}).a.b end))
print(pcall(function() return (nil).x end))
--## index-parameter
print(pcall(function(p) return p.x end))
print(pcall(function(...) local a = ... return a.x end))
--## index-self
local T = {}
function T:m() return self.x.y end
print(pcall(T.m, {}))
print(pcall(function() return T.m().z end))
--## index-function-and-numbers
print(pcall(function() return print.x end))
print(pcall(function() local n = 5 return n.x end))
print(pcall(function() return (5).x end))
--## call-global
print(pcall(function() nosuch() end))
print(pcall(function() nosuch(1, 2) end))
print(pcall(function() return nosuch() end))
--## call-local
print(pcall(function() local f f() end))
print(pcall(function() local f = 5 f() end))
print(pcall(function() local f = {} f() end))
--## call-field
print(pcall(function() local t = {} t.f() end))
print(pcall(function() string.nosuch() end))
print(pcall(function() local t = { {} } t[1].f() end))
print(pcall(function() local t = {} t[1]() end))
print(pcall(function() local t, k = {}, "k" t[k]() end))
--## call-method
print(pcall(function() local t = {} t:m() end))
print(pcall(function() ("x"):m() end))
print(pcall(function() nosuch:m() end))
print(pcall(function() local s = "x" s:nosuch(1) end))
--## call-upvalue
local up
print(pcall(function() up() end))
print(pcall(function() return up(1) end))
--## call-values
print(pcall(function() (nil)() end))
print(pcall(function() (function() return nil end)()() end))
print(pcall(function() ("x")() end))
print(try(nil), try(5), try({}), try("x"))
--## arithmetic-operators
local t = {}
for _, op in ipairs { "+", "-", "*", "/", "%", "^" } do
  print(op, pcall(loadstring("local a = {} return a " .. op .. " 1")))
  print(op, pcall(loadstring("return nosuch " .. op .. " 1")))
  print(op, pcall(loadstring("return 1 " .. op .. " nosuch")))
  print(op, pcall(loadstring("local t = {} return t.x " .. op .. " t.y")))
end
--## arithmetic-operands
print(pcall(function() local a return -a end))
print(pcall(function() return -{} end))
print(pcall(function() return 1 + "x" end))
print(pcall(function() return "x" + 1 end))
print(pcall(function() local s = "abc" return s * 2 end))
print(pcall(function() return 2 ^ {} end))
print(pcall(function() return true + 1 end))
print(pcall(function() local a, b = 1, nil return a + b end))
print(pcall(function() local a, b = nil, nil return a + b end))
--## arithmetic-upvalues-and-fields
local up, t = nil, { n = {} }
print(pcall(function() return up + 1 end))
print(pcall(function() return t.n + 1 end))
print(pcall(function() return 1 + t.m end))
print(pcall(function() t.count = t.count + 1 end))
print(pcall(function() counter = counter + 1 end))
--## concatenation
print(pcall(function() local a return a .. "x" end))
print(pcall(function() local a return "x" .. a end))
print(pcall(function() return "x" .. {} end))
print(pcall(function() return "x" .. nosuch end))
print(pcall(function() return nosuch .. "x" end))
print(pcall(function() return "a" .. "b" .. nosuch .. "c" end))
print(pcall(function() local t = {} return "a" .. t.x end))
print(pcall(function() return 1 .. true end))
print(pcall(function() local a, b = {}, {} return a .. b end))
print(pcall(function() return print .. "x" end))
--## concatenation-upvalue
local up
print(pcall(function() return "x" .. up end))
print(pcall(function() return up .. "x" .. "y" end))
--## comparison
print(pcall(function() return 1 < "2" end))
print(pcall(function() return "1" < 2 end))
print(pcall(function() return {} < {} end))
print(pcall(function() return nil < 1 end))
print(pcall(function() return 1 <= nil end))
print(pcall(function() return true > false end))
print(pcall(function() return print >= print end))
print(pcall(function() return {} > 1 end))
print(pcall(function() local a, b = {}, "x" return a <= b end))
print(1 == "1", {} == {}, nil == false, pcall(function() return coroutine.create(print) end))
--## length
print(pcall(function() local a return #a end))
print(pcall(function() return #nosuch end))
print(pcall(function() return #5 end))
print(pcall(function() local t = {} return #t.x end))
print(pcall(function() return #print end))
--## for-loops
print(pcall(function() for i = "x", 2 do end end))
print(pcall(function() for i = 1, {} do end end))
print(pcall(function() for i = 1, 2, nil do end end))
print(pcall(function() for i = nil, 2 do end end))
print(pcall(function() for i = 1, "3" do if i == 3 then return "strings count" end end end))
--## error-function
print(try(error), try(error, nil), try(error, "x"), try(error, "x", 0), try(error, "x", 1), try(error, "x", 2), try(error, 5), try(error, true))
print(pcall(function() error("x") end))
print(pcall(function() error("x", 0) end))
print(pcall(function() error("x", 1) end))
print(pcall(function() error("x", 2) end))
print(pcall(function() error() end))
print(pcall(function() error(nil) end))
print(pcall(function() error(42) end))
print(pcall(function() error("x", 99) end))
--## error-levels
local function level1() error("one", 1) end
local function level2() error("two", 2) end
local function level3() error("three", 3) end
local function call(f)
  local r = f()
  return r
end
print(pcall(function() call(level1) end))
print(pcall(function()
  call(level2)
end))
print(pcall(function()

  call(level3)
end))
--## error-values
local t = setmetatable({}, { __tostring = function() return "custom" end })
local ok, e = pcall(error, t)
print(ok, e == t, tostring(e))
print(select("#", try(error)), try(error, print) == false, type(select(2, try(error, print))))
--## error-in-tail-calls
local function thrower() error("tail") end
local function caller() return thrower() end
print(pcall(caller))
local function outer() return error("direct") end
print(pcall(outer))
local function level2() error("two", 2) end
local function tail() return level2() end
print(pcall(function() tail() end))
--## assert
print(try(assert, false), try(assert, nil, "message"), try(assert, false, 5), try(assert), assert(1, 2, 3), try(assert, false, {}))
print(pcall(function() assert(false) end))
print(pcall(function() assert(nil, "text") end))
print(pcall(function() assert(1 == 2, "1 is not 2") end))
print(select("#", assert(1, nil, nil)))
--## xpcall
print(xpcall(function() error("x") end, function(m) return "handled: " .. m end))
print(xpcall(function() return 1, 2 end, print))
print(xpcall(function() local a; a.b = 1 end, function(m) return m:upper() end))
print(xpcall(function() error({ code = 5 }) end, function(e) return e.code end))
print(xpcall(function() error() end, function(e) return e == nil end))
print(try(xpcall), try(xpcall, print))
--## xpcall-handler-fails
print(xpcall(function() error("x") end, function(m) error("again") end))
print(xpcall(function() error("x") end, 5))
print(xpcall(nil, function(m) return "h: " .. tostring(m) end))
--## xpcall-nested
print(xpcall(function()
  print(xpcall(function() error("inner") end, function(m) return "1 " .. m end))
  error("outer")
end, function(m) return "2 " .. m end))
print(xpcall(function() print(pcall(error, "inside")) return "fine" end, function(m) return "never" end))
--## xpcall-handler-sees-the-stack
print(xpcall(function()
  local secret = 42
  error("x")
end, function(m)
  for level = 1, 5 do
    local info = debug.getinfo(level, "Sl")
    print(level, info.short_src, info.currentline)
  end
  return m
end))
--## pcall-nested
print(try(pcall), try(pcall, error), try(pcall, error, "x"), try(pcall, pcall, error, "x"))
print(try(function() return try(error, "x") end))
print(try(function() local ok, e = try(error, "in") error(e .. "+out", 0) end))
--## pcall-results
print(try(function() return end), try(function() return nil end), try(function() return 1, nil, 3 end), select("#", try(function() return nil, nil end)))
--## stack-overflow
local function f() return 1 + f() end
local ok, e = pcall(f)
print(ok, type(e), e:match("stack overflow") ~= nil, e:match("^errors/stack%-overflow:1:") ~= nil)
local function g(n) local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end }) return t[1] end
print((pcall(g)))
print(select(2, pcall(function() return "still fine" end)))
--## infinite-tail-calls
local n = 0
local function loop(i) n = i if i == 0 then return "done" end return loop(i - 1) end
print(loop(100000), n)
--## message-positions-in-chunks
print(pcall(loadstring("error('x')", "=name")))
print(pcall(loadstring("error('x')", "@file.lua")))
print(pcall(loadstring("error('x')", "text")))
print(pcall(loadstring("\n\nerror('x')")))
print(pcall(loadstring("local x = 1\nerror('x')")))
print(pcall(loadstring("error('x')", "@" .. ("long/"):rep(20) .. "file.lua")))
print(pcall(loadstring("error('x')", "=" .. ("n"):rep(100))))
print(pcall(loadstring("error('x')" .. (" "):rep(100))))
--## binary-messages
local ok, e = pcall(error, "\0\255\200binary", 0)
print(#e, e:byte(1, -1))
local ok, e = pcall(function() error("\255\0") end)
print(e:byte(-2, -1))
--## library-errors-have-positions
print(pcall(function()
  string.rep()
end))
print(pcall(function()

  table.concat({ {} })
end))
print(pcall(function() setmetatable(1, {}) end))
print(pcall(function() ("x"):rep(1, 2):bad() end))
print(pcall(function() tonumber("1", 99) end))
print(pcall(function() return tonumber("1", 99) end))
--## library-errors-without-names
print(try(string.rep), try(setmetatable, 1), try(ipairs), try(table.concat), try(math.floor, "x"), try(math.floor, {}), try(os.time, 5), try(select, 0), try(rawget, 1))
--## errors-in-metamethods
local t = setmetatable({}, { __index = function(t, k) error("no " .. k) end, __add = function() error("no sum", 2) end })
print(pcall(function() return t.x end))
print(pcall(function() return t + 1 end))
--## errors-through-callbacks
print(pcall(function() ("abc"):gsub(".", function(c) error("in " .. c) end) end))
print(pcall(function() table.sort({ 3, 2, 1 }, function(a, b) return a.x < b.x end) end))
print(pcall(function() table.foreach({ 1 }, function(k, v) error("each", 2) end) end))
--## upvalue-of-an-outer-function
local function outer()
  local conf
  local function inner() return conf.name end
  return inner
end
print(pcall(outer()))
--## conditional-expressions
print(pcall(function() local a, b return (a or b).x end))
print(pcall(function() local a = {} return (a and a.y).x end))
print(pcall(function() return (nosuch or alsonot).x end))
print(pcall(function() local t = {} local v = t.a and t.b or t.c; return v.d end))
--## long-functions
print(pcall(function()
  local a = 1
  local b = a + 1
  if b > 1 then
    local c = b
    c.field = 1
  end
end))
--## shadowed-locals
print(pcall(function()
  local x = {}
  do local x = nil; x.y = 1 end
end))
print(pcall(function() local x = 1 local x x() end))
--## expressions-without-names
print(pcall(function() local t = {} return (t.a + t.b).c end))
print(pcall(function() local a = 1 return (a + 1)() end))
print(pcall(function() return ({})() end))
print(pcall(function() return (#"abc").x end))
