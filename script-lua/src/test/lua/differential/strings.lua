--## byte
print(("A"):byte(), ("ABC"):byte(2), ("ABC"):byte(-1), ("ABC"):byte(1, -1), ("ABC"):byte(0), ("ABC"):byte(10), (""):byte())
print(("ABC"):byte(2, 10), ("ABC"):byte(3, 2), ("ABC"):byte(-100, 1), string.byte("\200\0\255", 1, 3))
--## char
print(string.char(72, 105), #string.char(), #string.char(0, 255), string.char("65"), string.char(66.7))
print(try(string.char, 256), try(string.char, -1), try(string.char, "x"), try(string.char, {}))
--## sub
local s = "hello"
print(s:sub(2), s:sub(2, 3), s:sub(-3), s:sub(-3, -2), s:sub(0), s:sub(10), s:sub(3, 2), s:sub(-100, 100), s:sub(2, -2))
print(s:sub("2", "3"), s:sub(2.7, 3.2), try(string.sub, s), try(string.sub, s, {}), try(string.sub))
--## len
print(#"", #"abc", ("a\0b"):len(), string.len(12), #"\255\254", try(string.len), try(string.len, nil))
--## upper-lower
print(("Hello 1"):upper(), ("Hello 1"):lower(), ("\228\246"):upper() == "\228\246", #("straße"):upper())
--## reverse
print(("abc"):reverse(), (""):reverse(), ("a\0b"):reverse() == "b\0a", string.reverse(123))
--## rep
print(("ab"):rep(3), ("x"):rep(0), ("x"):rep(-1), (""):rep(1000), ("a"):rep(2.9), #("ab"):rep(1000), try(string.rep, "x"), try(string.rep))
--## concat
print("a" .. "b" .. 1 .. 2, 1 .. "", 1.5 .. "x", -0.5 .. "", 1e100 .. "", 2^53 .. "", 10 / 2 .. "")
--## compare
print("a" < "b", "a" < "A", "" < "a", "a" < "aa", "Z" < "a", "\200" > "a", "a\0b" > "a", "a\0b" < "a\0c", "10" < "9", "a" <= "a", "b" >= "c")
--## equality
print("1" == 1, "a" == "a", "a\0" == "a", 0 == -0, 1 == 1.0, "abc" ~= "abd")
--## escapes
print("\65\066\0067", "\a\b\f\v" == "\7\8\12\11", "a\
b", "\"\'\\", #"\0\0", "\q", "\%")
--## escapes-of-later-versions
print(loadstring([[return "\x", "\x41", '\z  a']])())
--## long-strings
print([[a
b]], [==[x]]y]==], [[
first newline dropped]], #[[

]], [=[]]]=])
--## coercion-arithmetic
print("10" + 5, "3" * "4", "0x10" + 0, " 5 " + 1, "1e2" * 1, -"2", "10" / "4", "7" % "4", "2" ^ "3", "5." + 0, ".5" + 0)
--## coercion-failures
for _, s in ipairs { "", " ", "a", "1a", "0x", "1e", "--1", "1 2", "inf", "1e+", "0b1", "1_000" } do print(s, tonumber(s), (pcall(function() return s + 1 end))) end
--## tonumber-nan
print(tonumber("nan"), tonumber("-nan"))
--## tonumber
for _, s in ipairs { "0", "-0x10", "+5", "- 5", "12\n", "\t12", "12\0", "1e1", "1E+2", "1e-2", ".", "-", "+", "0x", "0xg", "0xA", "0XaB", "1..2", "5.", ".5", "infinity", "0x1p4", "1e309", "007", "  9  ", "\v9\f" } do
  print(("%q"):format(s), tonumber(s))
end
--## tonumber-bases
print(tonumber("ff", 16), tonumber("FF", 16), tonumber("zz", 36), tonumber("8", 8), tonumber("777", 8), tonumber("101", 2), tonumber("-101", 2), tonumber("2", 2), tonumber("0x1f", 16))
print(tonumber(" 11 ", 2), tonumber("", 10), tonumber("", 16), tonumber("7", "8"), tonumber(10, 10), tonumber(10, 16), tonumber("1.5", 16), tonumber("+7", 8))
print(try(tonumber, "1", 1), try(tonumber, "1", 37), try(tonumber), try(tonumber, {}, 16), tonumber({}), tonumber(nil), tonumber(true))
--## tostring
print(tostring(nil), tostring(true), tostring(12), tostring("x"), tostring(1/3), tostring(-1.5), tostring(1e15), tostring(123456789012345))
print(pcall(tostring), tostring(print):match("^function: "), tostring({}):match("^table: "), tostring(coroutine.create(function() end)):match("^thread: "))
print(tostring(setmetatable({}, { __tostring = function() return "custom" end })), tostring(setmetatable({}, { __tostring = function() return 5 end })))
--## number-formats
for _, n in ipairs { 0, 1, -1, 0.1, 1/3, 2/3, 100, 1e14, 1e15, 1e16, 123456.789, 12345678.9, 1e-4, 1e-5, 0.5, 1e100, -1e-100, 2^31, 2^32, 2^53, 2^63, 99999999999999, 999999999999999, 3.14159265358979, 1e300 * 1e10, -1e300 * 1e10, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, 100 * 1.1 } do
  print(n, n .. "", tostring(n))
end
--## nan-and-infinity
print(0/0 == 0/0, 0/0 ~= 0/0, 1/0, -1/0, 1/0 == 1/0, math.huge, -math.huge, 0/0 < 1, 0/0 > 1)
--## dump
print(type(string.dump(function() end)), try(string.dump, math.sin), try(string.dump, 5), try(string.dump))
--## methods-through-metatable
print(("x").rep == string.rep, getmetatable("").__index == string, ("%d"):format(5), #("x"):rep(3), ("a"):byte())
print(pcall(function() return ("x"):nosuch() end))
print(pcall(function() return ("x").y.z end))
--## index-of-strings
local s = "abc"
print(s.len, s[1], s.x, s["sub"] == string.sub, pcall(function() s.x = 1 end))
--## argument-errors
print(try(string.rep, nil, 1), try(string.upper), try(string.lower, {}), try(string.byte, nil), try(string.byte, "x", "y"))
print(try(string.find, "a"), try(string.find), try(string.gmatch, "a"), try(string.format), try(string.format, {}))
--## method-errors-by-name
print(pcall(function() return ("x"):rep({}) end))
print(pcall(function() return ("x"):rep() end))
print(pcall(function() return string.rep() end))
print(pcall(function() local r = string.rep return r() end))
print(pcall(function() local t = { f = string.rep } return t.f() end))
print(pcall(function() local t = { f = string.rep } return t:f() end))
print(pcall(function() local t = { string.rep } return t[1]() end))
--## tostring-must-give-strings
print(pcall(print, setmetatable({}, { __tostring = function() return {} end })) ~= nil)
--## join-many
local t = {}
for i = 1, 300 do t[i] = i end
print(#table.concat(t), table.concat(t, ","):sub(-11))
