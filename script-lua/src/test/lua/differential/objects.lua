--## index-chain-of-three
local base = { a = 1, greet = function(self) return "hi " .. self.name end }
local middle = setmetatable({ b = 2 }, { __index = base })
local top = setmetatable({ name = "top" }, { __index = middle })
print(top.a, top.b, top.c, top:greet(), rawget(top, "a"))
base.c = 3 print(top.c) middle.a = 10 print(top.a, base.a)
--## index-function-with-default
local t = setmetatable({}, { __index = function(t, k) return k .. "?" end })
print(t.x, t[1], rawget(t, "x"), t["a b"]) t.x = 5 print(t.x)
local counts = setmetatable({}, { __index = function() return 0 end })
for w in ("a b a c a"):gmatch("%a") do counts[w] = counts[w] + 1 end print(counts.a, counts.b, counts.z)
--## newindex-table-and-function
local log, store = {}, {}
local t = setmetatable({}, { __newindex = store }) t.x = 1 print(rawget(t, "x"), store.x)
local u = setmetatable({ y = 1 }, { __newindex = function(t, k, v) log[#log + 1] = k .. "=" .. tostring(v) rawset(t, k, v) end })
u.x = 2 u.x = 3 u.y = 4 u.z = nil print(table.concat(log, " "), u.x, u.y)
--## read-only-tables
local function readonly(t) return setmetatable({}, { __index = t, __newindex = function(_, k) error("attempt to change '" .. tostring(k) .. "'", 2) end }) end
local r = readonly { a = 1 }
print(r.a, try(function() r.a = 2 end), try(function() r.b = 2 end), try(rawset, r, "c", 1), r.c)
--## call-forms
local c = setmetatable({}, { __call = function(self, ...) return select("#", ...), ... end })
print(c(), c(1, 2), c(nil)) print(pcall(c, "x"), try(setmetatable({}, { __call = 5 })))
local d = setmetatable({}, { __call = c }) print(try(d, 1))
print(type(c), try(function() for x in setmetatable({}, { __call = function(s, _, n) n = (n or 0) + 1 if n < 4 then return n end end }) do print(x) end end))
--## concat-metamethods
local m = { __concat = function(a, b) return (type(a) == "table" and a.n or a) .. "+" .. (type(b) == "table" and b.n or b) end }
local a, b = setmetatable({ n = "A" }, m), setmetatable({ n = "B" }, m)
print(a .. b, a .. "x", "x" .. a, 1 .. a, a .. 1, "p" .. "q" .. a, a .. "p" .. "q")
print(try(function() return {} .. a end), try(function() return a .. nil end))
--## arithmetic-metamethods
local function op(name) return function(a, b) return name .. ":" .. tostring(type(a) == "table" and "t" or a) .. "," .. tostring(type(b) == "table" and "t" or b) end end
local t = setmetatable({}, { __add = op "add", __sub = op "sub", __mul = op "mul", __div = op "div", __mod = op "mod", __pow = op "pow", __unm = op "unm" })
print(t + 1, 1 + t, t - 1, 1 - t, t * 2, 2 * t, t / 2, 2 / t, t % 2, 2 % t, t ^ 2, 2 ^ t, -t, t + t, "1" + t, t + "x")
--## equality-metamethods
local m = { __eq = function(a, b) return a.v == b.v end }
local a, b, c = setmetatable({ v = 1 }, m), setmetatable({ v = 1 }, m), setmetatable({ v = 2 }, m)
print(a == b, a ~= b, a == c, a ~= c, a == 1, rawequal(a, b), a == setmetatable({ v = 1 }, { __eq = m.__eq }), a == setmetatable({ v = 1 }, { __eq = function() return true end }))
print(({ [a] = 1 })[b], a == { v = 1 })
--## order-metamethods
local m = { __lt = function(a, b) return a.v < b.v end, __le = function(a, b) return a.v <= b.v end }
local a, b = setmetatable({ v = 1 }, m), setmetatable({ v = 2 }, m)
print(a < b, a > b, a <= b, a >= b, b < a, try(function() return a < 1 end), try(function() return a < {} end))
local only = { __lt = function(a, b) return a.v < b.v end }
local c, d = setmetatable({ v = 1 }, only), setmetatable({ v = 1 }, only) print(c <= d, c >= d, c < d)
local l = { b, a, setmetatable({ v = 0 }, m) } table.sort(l) print(l[1].v, l[2].v, l[3].v)
--## length-of-tables-ignores-metamethod
print(#setmetatable({ 1, 2 }, { __len = function() return 99 end }), #"abc")
--## tostring-and-metatable
local t = setmetatable({}, { __tostring = function() return "T!" end, __metatable = "locked" })
print(tostring(t), getmetatable(t), try(setmetatable, t, {}), getmetatable("x").__index == string, ("%s"):format(tostring(t)))
print(try(string.format, "%s", t), try(function() return "x" .. t end), try(table.concat, { t }))
--## gc-and-mode
local weak = setmetatable({}, { __mode = "k" }) weak[{}] = 1 print(type(next(weak)) == "table" or next(weak) == nil, getmetatable(weak).__mode)
--## inheritance-with-super
local Base = {} Base.__index = Base
function Base.new(n) return setmetatable({ n = n }, Base) end
function Base:name() return "base " .. self.n end
local Derived = setmetatable({}, { __index = Base }) Derived.__index = Derived
function Derived.new(n) local o = Base.new(n) return setmetatable(o, Derived) end
function Derived:name() return "derived of " .. Base.name(self) end
print(Base.new(1):name(), Derived.new(2):name(), getmetatable(Derived.new(3)) == Derived, try(function() return Derived.new(1):nosuch() end))
--## coroutines-across-pcall
local co = coroutine.create(function(a) local ok, e = pcall(function() error("in " .. a) end) coroutine.yield(ok, e) return pcall(error, "last") end)
print(coroutine.resume(co, "x")) print(coroutine.resume(co)) print(coroutine.resume(co), coroutine.status(co))
--## coroutines-in-iterators
local function range(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i, i * i) end end) end
for i, s in range(3) do print(i, s) end
local function tree(t) return coroutine.wrap(function() local function walk(n) if n then walk(n.l) coroutine.yield(n.v) walk(n.r) end end walk(t) end) end
for v in tree { v = 2, l = { v = 1 }, r = { v = 3 } } do print(v) end
--## coroutine-values-in-and-out
local co = coroutine.create(function(...) local n = select("#", ...) while true do n = select("#", coroutine.yield(n)) end end)
print(coroutine.resume(co, 1, nil, nil)) print(coroutine.resume(co)) print(coroutine.resume(co, nil)) print(coroutine.resume(co, 1, 2, 3, 4))
--## coroutine-states
local co co = coroutine.create(function() print(coroutine.status(co), coroutine.running() == co) coroutine.yield() end)
print(coroutine.status(co)) coroutine.resume(co) print(coroutine.status(co)) coroutine.resume(co) print(coroutine.status(co), coroutine.resume(co)) print(coroutine.running())
local inner = coroutine.create(function() print(coroutine.status(co)) end)
co = coroutine.create(function() coroutine.resume(inner) end) coroutine.resume(co)
print(try(coroutine.wrap(function() error("w") end)), try(coroutine.wrap(function() error({}) end)), coroutine.resume(coroutine.create(function() error("r") end)))
print(try(coroutine.yield), try(coroutine.resume, coroutine.create(function() coroutine.resume(coroutine.running()) end)))
--## coroutine-dead-wrap
local f = coroutine.wrap(function() return 1 end) print(f(), try(f))
--## varargs-in-tables
local function count(...) local t = { n = select("#", ...), ... } return t.n, #t end
print(count(), count(nil)) print(count(1, 2, nil)) print((function(...) return ... end)(1, 2, 3), (function(...) return (...) end)(1, 2, 3))
local function tail(_, ...) return ... end print(tail(1, 2, 3), tail(1), (tail(1)))
--## implicit-arg-tables
local function f(...) return arg.n, arg[1], #arg end print(f(1, 2), f())
local function g(...) local a = { ... } return #a end print(g(1, 2))
--## closures-of-loops
local fs = {} for i = 1, 3 do fs[i] = function() i = i + 1 return i end end print(fs[1](), fs[1](), fs[2](), fs[3]())
local k = {} for _, v in ipairs { "a", "b" } do k[#k + 1] = function() return v end end print(k[1](), k[2]())
local i = 1 local w = {} while i <= 2 do local j = i w[i] = function() return j end i = i + 1 end print(w[1](), w[2]())
--## long-strings-and-comments
local s = [==[
first [[nested]] ]=]
second]==] print(s, #s) --[[ comment
over lines ]] print("after") --[==[ x ]] ]==] print("after too") ---[[ not a long one
print([[
]] == "", [[a
b]], "a--b")
--## string-keys-of-all-kinds
local t = { ["a b"] = 1, [""] = 2, ["\0"] = 3, [true] = 4, [print] = 5, [1.5] = 6, ["1"] = 7, [1] = 8 }
print(t["a b"], t[""], t["\0"], t[true], t[print], t[1.5], t["1"], t[1], t[false], t["\0\0"])
--## table-remove-and-insert-forms
local t = { 1, 2, 3 } print(table.remove(t), table.remove(t, 1), table.remove(t, 5), #t, table.remove({}), table.remove(t, 1), table.remove(t)) table.insert(t, "x") table.insert(t, 1, "y") table.insert(t, 5, "z") print(t[1], t[2], t[5], #t)
print(try(table.insert, { 1 }, 1, 2, 3), try(table.insert, nil, 1), try(table.insert, { 1 }, "x", 1), try(table.remove, { 1, 2 }, "1"))
--## table-functions-of-old
print(table.getn { 1, 2, 3 }, table.maxn { [5] = 1, [2.5] = 2 }, try(table.setn, {}, 3)) table.foreach({ 10 }, print) print(table.foreach({ a = 1 }, function(k, v) return k .. v end), table.foreachi({ 5, 6 }, function(i, v) if v == 6 then return i end end))
--## next-and-pairs-while-changing
local t = {} for i = 1, 10 do t[i] = i end for k in pairs(t) do t[k] = nil end print(next(t))
local u = { a = 1, b = 2 } for k, v in pairs(u) do u[k] = v * 2 end print(u.a, u.b) print(next({}), next({ 5 }), try(next, {}, 1))
for i, v in ipairs { 1, 2, nil, 4 } do print(i, v) end
--## math-functions
print(math.abs(-5), math.ceil(1.2), math.floor(-1.2), math.max(1, 5, 3), math.min(2, -1), math.sqrt(16), math.pow(2, 8), math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.mod(7, 3), math.modf(3.7))
print(math.modf(-3.7), math.frexp(8), math.ldexp(0.5, 4), math.exp(0), math.log(1), math.log10(1000), math.deg(math.pi), math.rad(180) == math.pi, math.huge, -math.huge)
print(("%.4f %.4f %.4f %.4f"):format(math.sin(1), math.cos(1), math.tan(1), math.atan2(1, 2)), math.fmod(5, math.huge), math.fmod(1, 0) ~= math.fmod(1, 0), math.modf(math.huge), math.floor(2^40 + 0.5))
--## random-ranges
math.randomseed(42) local ok = true for i = 1, 200 do local a, b, c = math.random(), math.random(6), math.random(-3, 3) ok = ok and a >= 0 and a < 1 and b >= 1 and b <= 6 and b % 1 == 0 and c >= -3 and c <= 3 end print(ok)
print(math.random(1), math.random(5, 5), try(math.random, 0), try(math.random, 5, 1), try(math.random, 1, 2, 3), try(math.randomseed), try(math.random, "x"))
--## arithmetic-with-strings
print("10" + 1, "0x10" * 2, " 3 " ^ 2, "1e1" / 2, -"5", "7" % 4, 10 .. 20, try(function() return "a" + 1 end), try(function() return {} .. "x" end), "10" == 10, "abc" < "abd")
--## files-written-and-read
local name = os.tmpname()
local f = assert(io.open(name, "w")) print(f:write("one\n", 2, "\n", 3.5, "\nlast"), f:close())
for line in io.lines(name) do print(line) end
f = io.open(name) print(f:read("*l", "*n", "*n", "*l")) print(f:read(2), f:read("*a"), f:read("*a"), f:read("*l"), f:read(0)) f:close()
f = io.open(name, "r+") f:write("ONE") f:seek("set", 0) print(f:read("*a")) print(f:seek("end"), f:seek("set", 2), f:seek("cur"), f:read(1)) f:close()
f = io.open(name, "a") f:write("!") f:close() f = io.open(name, "rb") print(#f:read("*a")) f:close()
print(try(f.read, f), io.type(f), io.type(io.stdout), io.type(5), tostring(f), try(f.close, f))
print(os.remove(name), select("#", os.remove(name)), (select(2, os.remove(name)):gsub("^.*: ", "")), select(3, os.remove(name)))
--## files-with-errors
print((select(2, io.open("/nonexistent/x")))) print(select(3, io.open("/nonexistent/x"))) print(select(2, io.open("/", "w"))) print(try(io.open, "/tmp", "zz"))
print(os.rename("/nonexistent/a", "/nonexistent/b")) print(os.remove("/nonexistent/a")) print(try(io.lines, "/nonexistent")) print(os.getenv("NOSUCH_VARIABLE"), type(os.getenv("PATH")), type(os.tmpname()))
--## files-by-io-functions
local name = os.tmpname() local out, input = io.output(), io.input()
io.output(name) io.write("a", 1, "\n") print(io.type(io.output())) io.close() io.output(out)
io.input(name) print(io.read("*l"), io.read("*l")) io.close(io.input()) io.input(input)
for l in io.lines(name) do print(l) end local it = io.lines(name) print(it(), it(), try(it)) os.remove(name)
--## reading-numbers
local name = os.tmpname() local f = io.open(name, "w") f:write("1 -2.5 1e3 0x1F .5 abc 7") f:close()
f = io.open(name) print(f:read("*n", "*n", "*n", "*n", "*n")) print(f:read("*n")) print(f:read(3)) f:close() os.remove(name)
--## commands
local p = io.popen("printf 'a\\nb\\n'") print(p:read("*l"), p:read("*a"), io.type(p), p:close()) print(os.execute("exit 3"), os.execute("true"), os.execute() ~= 0)
for l in io.popen("echo x; echo y"):lines() do print(l) end local w = io.popen("cat >/dev/null", "w") print(w:write("x"), w:close())
--## debug-library
local function f(a, b) local c = 3 return debug.getlocal(1, 1), debug.getlocal(1, 3) end print(f(1, 2))
local info = debug.getinfo(1, "Sl") print(info.short_src, info.currentline, info.what, info.linedefined, debug.getinfo(print).what, debug.getinfo(50))
local up = 5 local function g() return up end print(debug.getupvalue(g, 1)) print(debug.setupvalue(g, 1, 6), up, debug.getupvalue(g, 2))
print(debug.getmetatable("").__index == string, debug.gethook(), type(debug.getregistry()), try(debug.getinfo, 1, "X"), try(debug.getinfo, "x"))
--## hooks-of-debug
print(debug.gethook()) debug.sethook() print(debug.gethook())
--## line-hooks
local lines = 0 debug.sethook(function(e, l) lines = lines + 1 end, "l")
local x = 1
debug.sethook() print(lines > 0)
--## collectgarbage-forms
print(collectgarbage(), collectgarbage("collect"), type(collectgarbage("count")), collectgarbage("stop"), collectgarbage("restart"), collectgarbage("setpause", 200) ~= nil, collectgarbage("step") ~= nil, try(collectgarbage, "nosuch"), gcinfo() > 0)
--## names-of-the-language
for _, n in ipairs { "assert", "collectgarbage", "dofile", "error", "gcinfo", "getfenv", "getmetatable", "ipairs", "load", "loadfile", "loadstring", "module", "newproxy", "next", "pairs", "pcall", "print", "rawequal", "rawget", "rawset", "require", "select", "setfenv", "setmetatable", "tonumber", "tostring", "type", "unpack", "xpcall" } do if type(_G[n] or getfenv(0)[n]) ~= "function" then print("missing", n) end end
print(_VERSION, type(package.path), type(package.cpath), type(package.config), #package.loaders > 0, package.loaded.string == string, math.pi)
local function names(t) local l = {} for k in pairs(t) do l[#l + 1] = tostring(k) end table.sort(l) return table.concat(l, " ") end
print(names(coroutine)) print(names(io)) print(names(math)) print(names(os)) print(names(string)) print(names(table)) print(names(package))
--## names-of-later-versions
print(bit32, table.pack, table.unpack, rawlen, utf8, math.tointeger, string.pack, package.searchers, package.searchpath, coroutine.isyieldable, debug.upvalueid, load and pcall(load, "return 1"))
--## names-of-debug
local l = {} for k in pairs(debug) do l[#l + 1] = k end table.sort(l) print(table.concat(l, " "))
--## env-as-a-name
print(_ENV)
--## proxies
local p = newproxy(true) getmetatable(p).__index = function(_, k) return k end getmetatable(p).__len = function() return 7 end
print(type(p), p.x, #p, try(newproxy, 5), type(newproxy()), getmetatable(newproxy()), getmetatable(newproxy(p)) == getmetatable(p))
--## assignments-swap-and-order
local a, b, c = 1, 2 print(a, b, c) a, b = b, a print(a, b) local t = { 1, 2 } local i = 1 i, t[i] = i + 1, 20 print(i, t[1], t[2])
local function f() return 1, 2, 3 end local x, y = f(), 10 print(x, y) local p, q, r, s = 0, f() print(p, q, r, s) print((f())) print({ f(), f() }[4], #{ f(), (f()) })
--## logic
print(nil and 1, false or nil, 1 and 2, nil or "d", not nil, not 0, 1 == 1 and "y" or "n", nil == false, false and error("x"), true or error("x"))
--## repeat-and-break
local n = 0 repeat local done = n >= 2 n = n + 1 until done print(n) for i = 1, 10 do if i == 4 then break end n = i end print(n) while true do n = n + 1 if n > 5 then break end end print(n)
--## semicolons-and-blocks
do local x = 1; print(x); end; local y = 2; print(y) do do print("in") end end if nil then elseif false then else print("else") end
--## numbers-as-written
print(0x10, 0XfF, 1e2, 1E+2, .5, 5., 3e-2, 0x7fffffff, 0xffffffff, 1e308, 123456789012345678, 0.1e1, 08, 1e400 == math.huge)
--## setfenv-of-strangers
local function f() return getfenv(1) end local e = setmetatable({ getfenv = getfenv }, {}) setfenv(f, e) print(f() == e, pcall(setfenv, f, nil), getfenv(f) == e)
local co = coroutine.create(function() return getfenv(0) end) print(type(select(2, coroutine.resume(co))))
--## strict-globals
local env = setmetatable({}, { __index = function(_, k) error("undeclared '" .. k .. "'", 2) end, __newindex = function(_, k) error("assign to undeclared '" .. k .. "'", 2) end })
print(try(setfenv(loadstring("return x", "=s"), env)), try(setfenv(loadstring("\ny = 1", "=s"), env)), try(setfenv(loadstring("rawset(x)", "=s"), env)))
