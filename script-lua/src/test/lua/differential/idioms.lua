--## packet-bytes
local packet = "\3SELECT 1"
print(packet:byte(), string.byte(packet), packet:byte(2) + packet:byte(3) * 256, #packet, packet:sub(2), packet:sub(2, 7):upper())
print(string.char(3) .. "SELECT 1" == packet, ("\003SELECT 1") == packet, packet:byte(100), packet:sub(100) == "")
--## query-words
local q = "  select   A, b  from  T where x='y z'"
print(q:match("^%s*(%a+)"):lower(), q:lower():match("from%s+([%w_%.]+)"), q:gsub("%s+", " "))
for w in q:gmatch("%S+") do print(w) end
--## hexdump
local function hex(s) return (s:gsub(".", function(c) return ("%02x "):format(c:byte()) end)) end
print(hex("abc\0\255\n"))
local function dump(s) for i = 1, #s, 4 do local l = s:sub(i, i + 3) print(("%04x  %-12s %s"):format(i - 1, hex(l), (l:gsub("%c", ".")))) end end
dump("hello\0\1\2 world")
--## format-of-columns
print(("%-20s|%10s|%5d|%-5d|%05d"):format("name", "right", 42, 42, 42))
print(("%6.2f%% %e %g %G %.3g %10.4g|"):format(99.555, 12345.678, 1e20, 1e-10, 1234.5, 3.14159))
print(("%c%c%c %x %X %#x %o %i %u"):format(76, 117, 97, 255, 255, 255, 8, -5, 5))
print(("%q"):format('it\'s "quoted"\n\\ \0 \r \t \200'))
print(("%5s|%-5s|%.2s|%5.1s|%s"):format("abcdefg", "ab", "abc", "xyz", "end"))
print(("%+d % d %+.1f % .1f %05.1f %-8.3f|"):format(5, 5, 5.55, 5.55, 5.55, 5.5))
print(("%s %s %s"):format(1, 1.5, 1e15), ("%d"):format("10"), ("%s"):format(12) .. "")
print(("%10.3d|%-10.3d|%.0f|%.0d|%5.0f|"):format(7, 7, 0.5, 0, 2.5))
--## format-extremes
print(("%d"):format(2^31), ("%d"):format(-2^31), ("%d"):format(2^53), ("%d"):format(-1.9), ("%d"):format(1e15))
print(("%x"):format(2^32), ("%x"):format(-1), ("%X"):format(3735928559), ("%o"):format(2^40))
print(("%.14g %.17g %.20f"):format(0.1, 0.1, 0.1), ("%.0e"):format(12345), ("%a"):format(1) ~= nil)
print(("%f %e %g"):format(1/0, -1/0, 1/0), ("%5.1f|%-8.1f|%08.1f"):format(1/0, -1/0, 1/0))
print(("%99d"):format(1):len(), ("%.99f"):format(1):len(), ("%-99s|"):format("x"):len())
print(try(string.format, "%100d", 1), try(string.format, "%.100f", 1), try(string.format, "%y", 1), try(string.format, "%", 1), try(string.format, "%-+ #0-d", 1))
--## format-surplus-and-missing
print(("%s"):format("a", "b", "c"), try(string.format, "%s %s", "a"), try(string.format, "%d %d", 1), ("none"):format(1), ("%%"):format())
print(try(string.format, "%s", nil), try(string.format, "%d", nil), try(string.format, "%c", "x"), try(string.format, "%s", true), try(string.format, "%q", {}))
print(try(string.format, "%d", "1.5"), try(string.format, "%d", "0x10"), try(string.format, "%f", "1e2"), try(string.format, "%i", ""))
--## gsub-replacement-forms
print(("hello world"):gsub("o", "0"), ("hello world"):gsub("(o)", "<%1>"), ("hello world"):gsub("o", "%0%0", 1), ("hello"):gsub("", "-"))
print(("$name is $age"):gsub("%$(%w+)", { name = "Bob", age = 42 }), ("$x $y"):gsub("%$(%w+)", { x = false, y = true and "Y" }))
print(("abc"):gsub("%w", function(c) if c == "b" then return nil elseif c == "c" then return false end return "<" .. c .. ">" end))
print(("abc"):gsub("(a)(b)(c)", "%3%2%1%0"), ("a.b.c"):gsub("%.", "%%"), ("x"):gsub("x", "%%1"))
print(try(string.gsub, "x", "x", "%2"), try(string.gsub, "x", "(x", "y"), try(string.gsub, "x", "x)", "y"), try(string.gsub, "x", "x", function() return {} end))
print(try(string.gsub, "x", "x", "%"), try(string.gsub, "x", "x", "%a"), try(string.gsub, "x", "x", true), try(string.gsub, "x", "x", { x = {} }))
print(("abc"):gsub(".", { a = 1, b = 2.5 }), ("abc"):gsub("b", 5), ("abc def"):gsub("%w+", string.upper))
print(("one two three"):gsub("(%w+) (%w+)", "%2 %1"), ("aaa"):gsub("a", "b", 0), ("aaa"):gsub("a", "b", -1), ("aaa"):gsub("a", "b", 2))
--## captures-nine
print(("abcdefghi"):gsub("(.)(.)(.)(.)(.)(.)(.)(.)(.)", "%9%8%7%6%5%4%3%2%1"))
print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"), ("2024-01-15"):match("(%d+)-(%d+)-(%d+)"), ("x"):match("()x()"))
print(("[tag]"):match("%[(.-)%]"), ("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"), ("aXb"):match("%u"))
--## anchors-and-classes
print(("hello"):find("^h"), ("hello"):find("o$"), ("hello"):find("^hello$"), ("a^b"):find("^", 1, true), ("a$b"):find("$", 1, true), ("a$"):match("a$$"))
print(("x-y"):match("[a-z%-]+"), ("]x"):match("[]]"), ("^x"):match("[%^x]+"), ("a-b"):match("[a%-b]+"), ("x^"):match("[x^]+"), ("abc"):match("[^a]+"))
print(("\t \n"):match("^%s+$") ~= nil, ("a1_"):match("^[%w_]+$"), ("\200"):match("%w"), ("0xFF"):match("%x+", 3), ("a,b"):match("%p"), ("\1"):match("%c") == "\1")
print(("  trim  "):match("^%s*(.-)%s*$") .. "|", ("x"):match("^%s*$"), (""):match(".*"), (""):match(".+"), ("abc"):match("b", 3), ("abc"):match("b", -2))
--## os-date-forms
local t = 86400 * 365
print(os.date("!%Y-%m-%d %H:%M:%S", t), os.date("!%c", t), os.date("!%x %X %p", t), os.date("!%A %a %B %b %d %j %U %w %W %y %%", t))
local d = os.date("!*t", t)
print(d.year, d.month, d.day, d.hour, d.min, d.sec, d.wday, d.yday, d.isdst)
print(os.date("!%H:%M", 0), os.date("!%d/%m/%y", 1e9), #os.date(), type(os.date("*t").isdst), os.date("!", 0) == "")
--## os-time-forms
print(os.time { year = 2024, month = 1, day = 1, hour = 0 } - os.time { year = 2023, month = 1, day = 1, hour = 0 })
print(os.time { year = 2024, month = 14, day = -3, hour = 30, min = 70, sec = 80 } == os.time { year = 2025, month = 1, day = 29, hour = 7, min = 11, sec = 20 })
print(try(os.time, {}), try(os.time, { year = 2000 }), try(os.time, { year = 2000, month = 1 }), try(os.time, { year = "2000", month = "1", day = "1" }) ~= nil)
print(try(os.time, { year = "x", month = 1, day = 1 }), os.time() - os.time() <= 0, os.difftime(10, 4), os.difftime(10), type(os.clock()), os.clock() <= os.clock())
local d = os.date("*t", 1700000000) d.day = d.day + 30
print(os.time(d) - 1700000000 >= 30 * 86400 - 3600)
--## sort-with-comparators
local t = { 5, 2, 8, 1, 9, 3 }
table.sort(t, function(a, b) return a > b end) print(table.concat(t, " "))
local rows = { { n = "b", v = 2 }, { n = "a", v = 2 }, { n = "c", v = 1 } }
table.sort(rows, function(x, y) if x.v ~= y.v then return x.v < y.v end return x.n < y.n end)
for _, r in ipairs(rows) do print(r.n, r.v) end
print(try(table.sort, { 1, "x", 2 }), try(table.sort, { 1, 2, nil, 4 }), try(table.sort, { {}, {} }), try(table.sort, { 3, 1 }, 5))
print(try(table.sort, { 1, 2, 3 }, function(a, b) error("stop") end), try(table.sort, { true, false }), try(table.sort), try(table.sort, 5))
print(try(table.sort, { 1, 2, 3, 4, 5, 6 }, function() return true end))
--## concat-forms
print(table.concat({}), table.concat({ 1, 2, 3 }), table.concat({ 1, 2, 3 }, ", "), table.concat({ 1, 2, 3 }, "-", 2), table.concat({ 1, 2, 3 }, "-", 2, 2), table.concat({ 1, 2, 3 }, "-", 3, 2))
print(try(table.concat, { 1, {}, 3 }), try(table.concat, { 1, nil, 3 }), try(table.concat, { true }), try(table.concat, { 1, 2 }, ",", 1, 5), try(table.concat, { 1 }, {}))
print(table.concat({ 1.5, "x", 1e15, -0.5 }, " "), table.concat({ [2] = "b", [1] = "a" }, ""), table.concat({ "a", "b" }, 0))
--## unpack-and-select
print(unpack({ 1, 2, 3 })) print(unpack({ 1, 2, 3 }, 2)) print(unpack({ 1, 2, 3 }, 2, 5)) print(unpack({ 1, nil, 3 })) print(unpack({}, 1, 3))
print(select("#"), select("#", nil, nil), select(2, "a", "b", "c")) print(select(-1, "a", "b", "c")) print(select(-3, "a", "b", "c"))
print(try(select, -4, 1, 2, 3), try(select, 0, 1), try(select, {}, 1), select(5, 1), select("2", "a", "b"), select(1.9, "a", "b"))
print(try(unpack, {}, 1, 1e8), try(unpack, 5), try(unpack, {}, "x"))
--## loading-with-names
print(loadstring("return ...", "=x")(1, 2), loadstring("x = 1; return x")(), loadstring("")())
local parts = { "return ", "1 ", "+ 2" }
local i = 0
print(load(function() i = i + 1 return parts[i] end)(), load(function() return nil end)(), load(function() error("reader") end))
print(try(load, function() return {} end), try(load, 5), pcall(load))
print(loadstring("return function() error('x') end", "@lib/x.lua")) print(try(loadstring("return function() error('x') end", "@lib/x.lua")()))
--## environments-of-functions
local function f() return x end
local e = { x = 5 }
setfenv(f, e) print(f(), getfenv(f) == e, getfenv(1) ~= e, getfenv(0) == _G or getfenv(0) ~= nil)
local function g() setfenv(1, { print = print }) print(tostring) return y end
g()
local function h() setfenv(2, setmetatable({ seen = 1 }, { __index = getfenv(2) })) end
(function() h() print(seen) end)()
print(try(setfenv, print, {}), try(setfenv, 50, {}), try(setfenv, f), try(getfenv, 50), try(getfenv, "x"), try(setfenv, 1, 5), getfenv(print) ~= nil)
--## modules-with-seeall
local print = print
module("m_idioms", package.seeall)
count = 1
function add(n) count = count + n return count end
print(_NAME, _PACKAGE == "", _M == package.loaded.m_idioms, add(2), m_idioms.count, count)
print(_M._M == _M, _M.add == add)
--## modules-nested
module("m_a.b.c")
x = 1
--## modules-nested-seen
print(package.loaded["m_a.b.c"] and package.loaded["m_a.b.c"]._PACKAGE, package.loaded["m_a.b.c"] and package.loaded["m_a.b.c"].x)
--## module-conflicts
conflict_global_x = 5
rawset(_G, "conflict_x", 5)
print(try(function() module("string") return 1 end), type(string.format))
--## preload-and-loaded
package.preload["my.mod"] = function(...) return { args = { ... }, n = select("#", ...) } end
local m = require("my.mod") print(m.n, m.args[1], require("my.mod") == m)
package.loaded["my.mod"] = nil package.preload["my.mod"] = nil
print(pcall(require, "my.mod") == false)
package.preload["my.nil"] = function() end print(require("my.nil"), package.loaded["my.nil"])
package.preload["my.err"] = function() error("loading failed") end print(try(require, "my.err"))
package.preload["my.false"] = function() return false end print(require("my.false"), package.loaded["my.false"])
--## string-limits
print(#("x"):rep(1000000), try(string.rep, "x", -5), (""):rep(1e6) == "", ("ab"):rep(2.7), ("x"):rep("3"))
print(string.char(), string.char(0):byte(), try(string.char, 256), try(string.char, 1.5), try(string.char, "97"), #string.char(unpack({ 1, 2, 3 })))
print(("abc"):byte(1, -1), ("abc"):byte(-2), ("abc"):byte(4), ("abc"):byte(0), (""):byte(), ("abc"):byte(2, 1))
print(try(string.byte, ("x"):rep(10), 1, 10), select("#", ("x"):rep(5000):byte(1, -1)))
--## tostring-of-numbers
for _, n in ipairs { 0, -0, 1e14, 1e15, 123456789012, 0.1, 1/3, 100, 1e100, -1e-7, 255, 2^31, 2^63, 1e308 * 10, 3.0, 1.10, 12345.678 } do print(n, tostring(n), n .. "") end
print(1e3, 1e2 .. "")
--## division-prints
print(7 / 2, 6 / 2, 1 / 0, -1 / 0, 7 % 3, -7 % 3, 7 % -3, -7 % -3, 5.5 % 2, 2 ^ 10, 2 ^ 0.5, 2 ^ -1, -2 ^ 2, 10 % 0 ~= 10 % 0)
print(1e15 + 0.5, 2^53 + 1, 0.1 + 0.2 == 0.3, 1 - 0.9, 100 * 1.1, 3 * 0.1)
--## negative-zero
print(-0, 0 * -1, -0.0, 1 / (0 * -1), math.floor(-0.5), 0 / -5, tostring(0 * -1), ("%d"):format(0 * -1), ("%g"):format(0 * -1), -(0))
local z = 0
print(-z, -z .. "", 1 / -z, z == -z, math.ceil(-0.5), -0 + 0, { [-z] = 1 }[0])
--## integer-and-float-keys
local t = { [1] = "a", [1.0] = "b", [2^53] = "c", ["1"] = "d", [1.5] = "e" }
print(t[1], t["1"], t[2^53], t[1.5], t[3 / 2], #t)
t[10 / 2] = "five" print(t[5])
local u = {} u[3] = 3 u[2] = 2 u[1] = 1 print(#u) u[4.0] = 4 print(#u, next({ [2.0] = 1 }))
--## constructor-lengths
print(#{ 1, 2, nil }, #{ nil }, #{ nil, nil, 3 }, #{ 1, nil, 3 }, #{ n = 1 }, #{ 1, 2, 3, nil, 5 }, #{ 1, 2, 3, nil, 5, nil }, #{ (function() return 1, nil, 3 end)() })
local function va(...) return #{ ... }, select("#", ...) end
print(va(), va(nil)) print(va(1, nil, 3)) print(va(nil, nil))
--## numeric-for-edges
for i = 1, 0 do print("never") end for i = 3, 1, -1 do io.write("") end
local n = 0 for i = 0.1, 1, 0.1 do n = n + 1 end print(n)
for i = 1, "3" do print(i) end for i = "1", 2 do print(i) end for i = 1, 2, "1" do print(i) end
print(pcall(function() for i = 1, 10, 0 do return "ran" end return "not" end))
for i = 1, math.huge do if i > 3 then break end print(i) end for i = 2^53, 2^53 + 2 do print(i) break end
--## tonumber-forms
print(tonumber("10", 2), tonumber("zz", 36), tonumber("ff", 16), tonumber("8", 8), tonumber("  10  "), tonumber("10 x"), tonumber(""), tonumber(" "), tonumber("1e5"), tonumber("0x1F"), tonumber("1.5e-3"))
print(tonumber(nil), tonumber({}), tonumber(true), tonumber("1,5"), tonumber("1_000"), tonumber("+1"), tonumber("--1"), tonumber("1e"), tonumber("0b1"), tonumber("١"))
print(try(tonumber, "10", 40), try(tonumber, "10", 1), tonumber("7fffffff", 16), tonumber("ffffffff", 16), tonumber("-ff", 16), tonumber("1.5", 10), tonumber(15, 16))
--## string-escapes
print("a\tb\\n\"q\"\'s\'", '\65\066\y', "\0\00\000" == "\0\0\0", #"\n\r\t\a\b\f\v", "\
newline", "\e", "\d")
