--## index-kinds
local t = { a = {} }
local up
print(try(function() local x; return x.y end))
print(try(function() return up.y end))
print(try(function() return nosuch.y end))
print(try(function() return t.a.b.c end))
print(try(function() return t["a b"].c end))
print(try(function() return t[1].c end))
print(try(function() local k = "zz"; return t[k].c end))
print(try(function() return (t.a.q or nil).c end))
--## index-assign-kinds
local t = { a = {} }
local up
print(try(function() local x; x.y = 1 end))
print(try(function() up.y = 1 end))
print(try(function() nosuch.y = 1 end))
print(try(function() t.a.b.c = 1 end))
print(try(function() t[1][2] = 1 end))
print(try(function() local k = "zz"; t[k].c = 1 end))
print(try(function() up[1], up[2] = 1, 2 end))
--## index-of-scalars
print(try(function() local x = 5; return x.y end))
print(try(function() local x = true; return x.y end))
print(try(function() local x = print; return x.y end))
print(try(function() return (5).y end))
print(try(function() return (true).y end))
print(try(function() local s = "x"; s.y = 1 end))
print(try(function() return ("x").nosuch end))
print(try(function() return ("x").nosuch.more end))
--## method-kinds
local o = { f = 5, sub = {} }
local up
print(try(function() o:nosuch() end))
print(try(function() o:f() end))
print(try(function() o.sub:nosuch(1) end))
print(try(function() up:f() end))
print(try(function() nosuch:f() end))
print(try(function() ("x"):nosuch() end))
print(try(function() o.sub.sub:f() end))
print(try(function() (5):f() end))
--## call-kinds
local up = 5
local t = { f = {}, g = { h = true } }
print(try(function() local x; x() end))
print(try(function() up() end))
print(try(function() nosuch() end))
print(try(function() t.f() end))
print(try(function() t.g.h() end))
print(try(function() t[1]() end))
print(try(function() (function() end)()() end))
print(try(function() ("x")() end))
print(try(function() return nosuch(1) end))
print(try(function() return t.f(1) end))
print(try(function() t.g.i.j() end))
--## arithmetic-kinds
local up
local t = { n = nil, s = "x", t = {} }
print(try(function() local x; return x + 1 end))
print(try(function() local x; return 1 + x end))
print(try(function() return up * 2 end))
print(try(function() return 2 / up end))
print(try(function() return nosuch - 1 end))
print(try(function() return t.n % 2 end))
print(try(function() return 2 ^ t.n end))
print(try(function() return -t.n end))
print(try(function() return t.s + 1 end))
print(try(function() return t.t + t.n end))
print(try(function() local a, b = {}, 1; return a + b end))
print(try(function() local a, b = 1, {}; return a + b end))
print(try(function() local a, b = "a", {}; return a + b end))
print(try(function() return {} + 1 end))
print(try(function() return -"abc" end))
print(try(function() return true + 1 end))
print(try(function() return t.n + t.n end))
--## concatenation-kinds
local up
local t = {}
print(try(function() local x; return "a" .. x end))
print(try(function() local x; return x .. "a" end))
print(try(function() return "a" .. up end))
print(try(function() return "a" .. nosuch .. "b" end))
print(try(function() return "a" .. t.x end))
print(try(function() return t.x .. "a" end))
print(try(function() return t.x .. t.y end))
print(try(function() return "a" .. {} end))
print(try(function() return true .. "a" end))
print(try(function() return 1 .. print end))
print(try(function() local a, b, c = "a", nil, "c"; return a .. b .. c end))
print(try(function() return "SELECT " .. tostring(nil) .. t.name .. " FROM " end))
--## comparison-kinds
local t = {}
print(try(function() return 1 < "1" end))
print(try(function() return "1" < 1 end))
print(try(function() return nil < 1 end))
print(try(function() return 1 <= nil end))
print(try(function() return {} < {} end))
print(try(function() return {} <= 1 end))
print(try(function() return t.x > 5 end))
print(try(function() return t.x >= "a" end))
print(try(function() return true < false end))
print(try(function() return print < print end))
print(try(function() return nil > nil end))
--## length-kinds
local up
local t = {}
print(try(function() local x; return #x end))
print(try(function() return #up end))
print(try(function() return #nosuch end))
print(try(function() return #t.x end))
print(try(function() return #5 end))
print(try(function() return #print end))
print(try(function() return #true end))
print(try(function() return #t.x.y end))
--## for-kinds
print(try(function() for i = "a", 2 do end end))
print(try(function() for i = 1, "b" do end end))
print(try(function() for i = 1, 2, "c" do end end))
print(try(function() for i = nil, 2 do end end))
print(try(function() for i = 1, {} do end end))
print(try(function() for k in nil do end end))
print(try(function() for k in 5 do end end))
print(try(function() local t = {} for k in t do end end))
print(try(function() for k in pairs(nil) do end end))
print(try(function() for k in ipairs() do end end))
print(try(function() for k in nosuch() do end end))
--## key-kinds
local t = {}
print(try(function() t[nil] = 1 end))
print(try(function() t[0/0] = 1 end))
print(try(function() return t[nil], t[0/0] end))
print(try(rawset, t, nil, 1))
print(try(rawset, t, 0/0, 1))
print(try(next, t, "nosuch"))
print(try(function() return { [nil] = 1 } end))
--## upvalue-names-two-levels-up
local config
local function outer()
  return function() return config.max end
end
print(try(outer()))
print(try(function() return (function() return config[1] end)() end))
print(try(function() config() end))
--## messages-with-levels
local function check(v) if type(v) ~= "number" then error("expected a number, got " .. type(v), 2) end end
local function caller(v)
  check(v)
end
print(try(caller, "x"))
local function three() error("three", 3) end
local function two() three() end
local function one()
  two()
end
print(try(one))
print(try(error, "plain"), try(error, "plain", 0), try(error, "plain", 1), try(error, "plain", 2))
print(try(function() error("zero", 0) end))
print(try(function() error() end), try(function() error(nil) end), try(function() error(nil, 2) end))
print(try(function() error(12) end), try(function() error(12, 0) end), try(function() error(true) end))
print(try(function() error("far", 50) end))
--## errors-as-objects
local E = setmetatable({}, { __tostring = function(e) return "an E" end })
local ok, e = pcall(error, E)
print(ok, e == E, tostring(e))
ok, e = pcall(function() error({ code = 5 }) end)
print(ok, e.code)
ok, e = pcall(function() error(setmetatable({ code = 6 }, { __index = { text = "t" } }), 2) end)
print(ok, e.code, e.text)
local co = coroutine.create(function() error({ code = 7 }) end)
ok, e = coroutine.resume(co)
print(ok, e.code, coroutine.status(co))
ok, e = pcall(coroutine.wrap(function() error({ code = 8 }) end))
print(ok, e.code)
--## rethrown
local function inner() error("deep") end
local ok, first = pcall(inner)
local ok2, second = pcall(error, first)
local ok3, third = pcall(error, first, 0)
local ok4, fourth = pcall(function() error(first) end)
print(first, second, third, fourth)
--## assert-forms
print(try(assert, false), try(assert, nil, "why"), try(assert, false, 5), try(assert))
print(pcall(assert, nil, { 1 }))
print(select("#", assert(1, 2, 3)), assert("a", "b"))
print(try(function() assert(io.open("/nonexistent/file")) end))
print(try(function() assert(loadstring("x =")) end))
print(try(function() assert(tonumber("x"), "no number: " .. "x") end))
--## xpcall-handlers
print(xpcall(function() local x; x() end, function(m) return "H:" .. m end))
print(xpcall(function() error({ 1 }) end, function(m) return type(m) end))
print(xpcall(function() return 1, 2, 3 end, print))
print(xpcall(function() error("x", 0) end, function() return "a", "b" end))
print(select("#", xpcall(function() error("x") end, function() end)))
print(try(xpcall), try(xpcall, print))
print((select(2, xpcall(function() nosuch.x = 1 end, debug.traceback)):gsub("\n[^\n]*driver.*", "")))
--## library-argument-numbers
print(try(string.rep), try(string.rep, "x", "y"), try(string.sub), try(string.char, -1), try(string.byte))
print(try(string.format), try(string.format, "%d"), try(string.format, "%d", "x"), try(string.format, "%s"))
print(try(table.concat), try(table.concat, 5), try(table.insert), try(table.insert, {}), try(table.remove))
print(try(math.floor), try(math.floor, "x"), try(math.max), try(math.random, 0), try(math.random, 2, 1))
print(try(tonumber), try(tostring), try(type), try(select), try(select, 0), try(select, "x"))
print(try(setmetatable, 1, {}), try(setmetatable, {}), try(setmetatable, {}, 1), try(getmetatable))
print(try(rawget), try(rawset, {}), try(rawequal, 1), try(next), try(next, 1), try(unpack), try(ipairs, 5))
print(try(os.time, 5), try(os.date, 5), try(os.getenv), try(os.rename, "x"), try(os.remove), try(os.difftime))
print(try(io.open), try(io.lines, "/nonexistent"), try(io.read, "x"), try(io.type), try(io.popen))
print(try(coroutine.create), try(coroutine.create, 5), try(coroutine.resume, 5), try(coroutine.wrap), try(coroutine.status))
print(try(loadstring), try(load, "x"), try(dofile, "/nonexistent"), try(loadfile, "/nonexistent"), try(require))
--## method-argument-numbers
print(try(function() return ("x"):rep() end), try(function() return ("x"):rep({}) end))
print(try(function() return ("x"):sub() end), try(function() return ("x"):find() end))
print(try(function() return ("x"):gsub() end), try(function() return ("x"):gsub("x") end))
print(try(function() return ("x"):format({}) end), try(function() return ("%d"):format("y") end))
print(try(function() return ("x").rep() end))
print(try(function() local s = string; s.rep() end))
--## field-call-argument-names
local lib = { rep = string.rep, deep = { f = string.rep } }
local rep = string.rep
print(try(function() rep() end))
print(try(function() lib.rep() end))
print(try(function() lib.deep.f() end))
print(try(function() lib:rep() end))
print(try(function() return rep() end))
print(try(function() table.sort({ 3, 2, 1 }, rep) end))
print(try(function() string.gsub("x", "x", string.rep) end))
--## stack-overflow-texts
local function f() return 1 + f() end
local ok, m = pcall(f)
print(ok, (m:gsub("%s.*", "")), m:find("stack overflow", 1, true) ~= nil)
local function g(n) if n == 0 then return "x" end local ok, m = pcall(g, n - 1) return m end
print(type(g(50)))
local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end
ok, m = pcall(function() return t.x end)
print(ok, m:find("stack overflow", 1, true) ~= nil)
--## syntax-messages
for _, s in ipairs {
  "x =", "x = = 1", "if x then", "for i = 1 do end", "for i 1, 2 do end", "while true", "function f( end", "return return",
  "local function 5() end", "x.y.z", "f(", "f(1,", "{", "x = {1, 2", "x = }", "end", "else", "until x", "x = 'abc", 'x = "abc\ndef"',
  "x = [[abc", "--[[ abc", "x = 1e", "x = 0x", "x = 3x", "x = 1..2", "local x y", "a.b:c = 1", "a + 1 = 2", "x = ~1", "x != 1", "x = @", "x = $a", "goto = 1",
  "for a, 5 in x do end", "local a.b = 1", "function a:b.c() end", "x = function end", "return 1 2", "do", "repeat", "x = a b",} do print(s, select(2, loadstring(s))) end
--## syntax-messages-over-lines
print(select(2, loadstring("x = 1\ny = = 2\n")))
print(select(2, loadstring("if a then\n b()\n", "=named")))
print(select(2, loadstring("for i = 1, 2 do\n  if x then\n  end\n", "@file.lua")))
print(select(2, loadstring("f(\n1,\n2", "a chunk that is called by a rather long name, longer than fits into a message, really")))
print(select(2, loadstring("x = 'a\n", "first\nsecond")))
print(select(2, loadstring("function f()\n  return (1 + 2\nend")))
--## chunk-name-forms
local function where(name) return select(2, pcall(assert(loadstring("error('x')", name)))) end
print(where("=(load)"), where("@/a/b.lua"), where("text"), where("two\nlines"), where(""), where("="), where("@"))
print(where("@" .. ("d/"):rep(40) .. "f.lua"))
print(where("=" .. ("d"):rep(80)))
print(where(("d"):rep(80)))
print(where("return 'a' -- " .. ("d"):rep(60)))
print(select(2, pcall(assert(loadstring("error('x')")))))
--## traceback-of-messages
local function a() error("inside") end
local function b() a() end
local function c() b() end
print(select(2, xpcall(c, function(m) return (debug.traceback(m, 1):gsub("\n[^\n]*driver.*", "")) end)))
print(select(2, xpcall(c, function(m) return (debug.traceback(m, 2):gsub("\n[^\n]*driver.*", "")) end)))
print((debug.traceback("m", 0):match("^[^\n]*\n[^\n]*\n[^\n]*")))
print(debug.traceback({}) ~= nil, debug.traceback(nil), type(debug.traceback()))
