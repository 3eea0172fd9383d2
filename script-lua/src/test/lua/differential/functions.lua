--## varargs
local function f(...) return select("#", ...), ... end
print(f(), f(nil), f(1, nil), f(nil, nil, nil), (f(1, 2)))
local function g(a, ...) local b, c = ... return a, b, c end
print(g(1), g(1, 2), g(1, 2, 3, 4))
local function h(...) local t = { ... } return #t, t[1] end
print(h(), h(5), h(5, 6))
local function last(...) return (select(select("#", ...), ...)) end
print(last(1, 2, 3))
--## implicit-arg
local function f(...) return arg.n, arg[1], arg[2] end
print(f(), f(1), f(1, 2, 3), f(nil))
local function g(a, ...) return a, arg.n, #arg end
print(g(1), g(1, 2, 3))
--## no-implicit-arg-with-dots
local function f(...) local x = ... return arg end
print(f(1))
arg = "global"
local function g(...) local y = select("#", ...) return arg end
print(g(1))
local function h() return arg end
print(h(1))
--## implicit-arg-assigned
local function f(...) arg = 5 return arg end
print(f(1), rawget(_G, "arg"))
local function g(...) arg[1] = "x" arg.n = nil return arg[1], arg[2], arg.n end
print(g(1, 2))
--## implicit-arg-in-loops
local function sum(...)
  local s = 0
  for i, v in ipairs(arg) do s = s + v end
  for i = 1, arg.n do s = s + arg[i] end
  return s
end
print(sum(1, 2, 3), sum())
--## select
print(select(1, "a", "b"), select(2, "a", "b"), select(-1, "a", "b"), select("#"), select("#", nil, nil), select(3, "a", "b"))
print(try(select), try(select, 0, 1), try(select, -3, 1), try(select, "x"), select("2", "a", "b"), select(1.9, "a", "b"))
--## closures
local function counter() local n = 0 return function() n = n + 1 return n end end
local a, b = counter(), counter()
print(a(), a(), b(), a())
--## closures-in-loops
local fs = {}
for i = 1, 3 do fs[i] = function() i = i + 10 return i end end
print(fs[1](), fs[1](), fs[2](), fs[3]())
local gs, j = {}, 0
while j < 3 do j = j + 1 local k = j gs[j] = function() return k end end
print(gs[1](), gs[2](), gs[3]())
local rs = {}
local n = 0
repeat local x = n rs[#rs + 1] = function() return x end n = n + 1 until x >= 2
print(rs[1](), rs[2](), rs[3]())
--## shared-upvalues
local function pair() local v = 0 return function() return v end, function(x) v = x end end
local get, set = pair()
set(5) print(get()) set("x") print(get())
--## recursion
local function fact(n) return n <= 1 and 1 or n * fact(n - 1) end
print(fact(5), fact(20), fact(25))
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
print(fib(15))
--## mutual-recursion
local odd
local function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(1000), odd(1001), even(7))
--## methods
local Account = {}
Account.__index = Account
function Account.new(b) return setmetatable({ balance = b }, Account) end
function Account:deposit(v) self.balance = self.balance + v return self end
print(Account.new(10):deposit(5):deposit(1).balance)
--## adjusting-results
local function f() return 1, 2, 3 end
print(f(), f()) print((f())) print({ f(), f() }[4], #{ f(), (f()) }, f() + 1)
local t = { f(), x = f() }
print(#t, t.x)
--## string-and-table-calls
local function f(x) return type(x) == "table" and x[1] or x end
print(f"str", f[[long]], f{ "tab" }, ("x"):rep(2), f{ f"nested" })
--## getfenv
print(getfenv(1) == _G, getfenv() == getfenv(1), getfenv(print) == getfenv(0), type(getfenv(0)), try(getfenv, -1), try(getfenv, 99), try(getfenv, "x"))
--## setfenv
local function f() return x end
x = "outer"
local env = { x = "inner" }
print(f(), setfenv(f, env) == f, f(), getfenv(f) == env)
local function g() setfenv(1, { x = 1 }) return x end
print(g(), x)
print(try(setfenv, print, {}), try(setfenv, 1), try(setfenv, 99, {}), try(setfenv, -1, {}), try(setfenv, {}, {}))
--## setfenv-levels
local function set(level, env) setfenv(level, env) end
local print, setfenv = print, setfenv
local function f() set(2, { v = "mine" }) return v end
print(f())
--## setfenv-inherited
local f = setfenv(function() return function() return name end end, { name = "made" })
local g = f()
setfenv(f, { name = "later" })
print(g(), f()())
--## environments-of-chunks
local chunk = loadstring("y = 5 return y")
local env = {}
setfenv(chunk, env)
print(chunk(), env.y, rawget(_G, "y"))
--## functions-without-globals
local f = function(a) return a end
local e = {}
print(getfenv(setfenv(f, e)) == e, f(3))
--## strict-mode
local strict = setmetatable({}, { __index = function(_, k) error("undeclared " .. k, 2) end, __newindex = function(t, k, v) rawset(t, k, v) end })
local f = setfenv(loadstring("a = 1\nreturn a, b", "=s"), strict)
print(pcall(f))
--## loadstring
print(loadstring("return 1")(), loadstring("x ="), type(loadstring("")), loadstring("return ...")("arg"), try(loadstring), try(loadstring, {}))
--## load
local parts, i = { "return ", "1", " + 1" }, 0
print(load(function() i = i + 1 return parts[i] end)())
print(load(function() return nil end), try(load), try(load, "return 1"), load(function() error("reader") end))
print(pcall(load, function() return true end), load(function() return {} end))
i = 0
print(load(function() i = i + 1 return ({ "x = =" })[i] end, "=mine"))
i = 0
print(load(function() i = i + 1 return ({ "x = =" })[i] end))
--## dofile-and-loadfile
local name = os.tmpname()
local f = io.open(name, "w") f:write("#!shebang\nreturn ..., 'loaded'") f:close()
print(loadfile(name)(1), dofile(name))
f = io.open(name, "w") f:write("x = =") f:close()
print((select(2, loadfile(name)):gsub("^.-:", "")))
print((select(2, pcall(dofile, name)):gsub("^.-:", "")))
os.remove(name)
print(loadfile("/no/such/file"), pcall(dofile, "/no/such/file"))
--## numeric-for
for i = 1, 3 do io.write("") print(i) end
for i = 3, 1, -1 do print(i) end
for i = 1, 2, 0.5 do print(i) end
for i = 5, 1 do print("never") end
for i = 1, 0 do print("never") end
local n = 0
for i = 0.1, 1, 0.1 do n = n + 1 end
print(n)
--## numeric-for-variable-is-a-copy
for i = 1, 3 do local j = i i = i * 10 print(j, i) end
--## generic-for
local function range(n) return function(max, i) if i < max then return i + 1 end end, n, 0 end
local t = {}
for i in range(4) do t[#t + 1] = i end
print(table.concat(t, " "))
for k, v, x in function(s, c) if not c then return 1, 2, 3 end end do print(k, v, x) end
for c in setmetatable({}, { __call = function(self, _, i) i = (i or 0) + 1 if i < 3 then return i end end }) do print(c) end
--## repeat-scope
local n = 0
repeat local done = n == 3 n = n + 1 until done
print(n)
--## break-nested
for i = 1, 3 do
  for j = 1, 3 do if j == 2 then break end print(i, j) end
  if i == 2 then break end
end
--## rawequal-rawget-rawset
local t = setmetatable({}, { __index = function() return "meta" end, __newindex = function() end, __eq = function() return true end })
print(t.x, rawget(t, "x"), rawset(t, "x", 1) == t, t.x, rawequal(t, {}), rawequal("a", "a"), try(rawequal, 1), try(rawset, t, 1), try(rawget, t))
--## type
print(type(nil), type(1), type("x"), type({}), type(print), type(function() end), type(true), type(coroutine.create(function() end)), type(io.stdout), pcall(type))
--## newproxy
local p = newproxy(true)
getmetatable(p).__len = function() return 42 end
getmetatable(p).__index = function(_, k) return k .. "!" end
print(type(p), #p, p.x, type(newproxy()), getmetatable(newproxy()), getmetatable(newproxy(p)) == getmetatable(p), pcall(newproxy, 5))
--## collectgarbage
print(collectgarbage(), collectgarbage("collect"), type(collectgarbage("count")), collectgarbage("stop"), collectgarbage("restart"), type(gcinfo()), try(collectgarbage, "nosuch"), try(collectgarbage, {}))
print(type(collectgarbage("step")), type(collectgarbage("setpause", 200)), type(collectgarbage("setstepmul", 200)))
--## global-table
print(_G._G == _G, _VERSION, _G.nosuch, type(_G.string))
newglobal = 5
print(_G.newglobal, rawget(_G, "newglobal"))
--## module-and-seeall
local name = "differential.test.module"
local f = loadstring([[module(..., package.seeall) function hello() return "hi " .. _NAME .. " " .. _PACKAGE .. " " .. type(print) end value = 5]])
f(name)
local m = package.loaded[name]
print(m.hello(), m.value, m._M == m, _G.value, differential == nil, getfenv(0).differential.test.module == m)
getfenv(0).differential = nil
--## require
package.preload["made.up"] = function(n) return { name = n } end
print(require("made.up").name, require("made.up") == require("made.up"), package.loaded["made.up"].name)
package.preload["nothing"] = function() end
print(require("nothing"))
package.preload["failing"] = function() error("inside") end
print(pcall(require, "failing"))
print(pcall(require, "failing"))
print(try(require), try(require, {}))
package.loaded["made.up"], package.preload["made.up"] = nil, nil
--## require-not-found
local path, cpath = package.path, package.cpath
package.path, package.cpath = "./?.nosuch;/x/?/init.nosuch", ""
print((select(2, pcall(require, "no.such"))))
package.path, package.cpath = path, cpath
--## package
print(type(package.loaded), type(package.preload), type(package.path), type(package.cpath), type(package.loaders), type(package.seeall), type(package.config), package.loaded._G == getfenv(0), package.loaded.string == string)
--## do-blocks-and-scope
local x = 1
do local x = 2 print(x) end
print(x)
if true then local x = 3 end
print(x)
local x = x + 1
print(x)
