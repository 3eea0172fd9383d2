--## unexpected-symbols
for _, s in ipairs { "x = = 1", "x = ", "x = )", "= 1", "local", "local 1", "x", "x.y", "f(", "f(1", "f(1,", "x = {", "x = {1", "x = {1,,2}", "a b", "1", "'x'", "return return", "local x = 1 2", "x, y", "x, = 1" } do
  print(s, loadstring(s))
end
--## blocks
for _, s in ipairs { "if", "if x", "if x then", "if x then else", "if x then elseif", "while", "while x", "while x do", "repeat", "repeat until", "for", "for i", "for i =", "for i = 1", "for i = 1,", "for i = 1, 2", "for i = 1, 2 do", "for i in", "for i, in x do end", "do", "end", "function", "function f", "function f(", "function f()", "function f(a", "function f(a,)", "function f(...,a) end", "else", "until" } do
  print(s, loadstring(s))
end
--## blocks-over-lines
print(loadstring("if x then\n\n"))
print(loadstring("do\n\n\nx = 1"))
print(loadstring("function f()\nif x then\n"))
print(loadstring("x = {\n1,\n2"))
print(loadstring("f(\n1,\n2"))
print(loadstring("repeat\n\nx = 1\n"))
print(loadstring("for i = 1, 2 do\n"))
print(loadstring("while x do\n\nif y then\n\nend\n"))
--## strings
for _, s in ipairs { "x = 'abc", 'x = "abc', "x = 'a\nb'", "x = [[abc", "x = [==[abc]]", "x = [=", "x = '\\300'", "x = '\\", "--[[ comment", "x = [[\n\nabc" } do
  print(("%q"):format(s), loadstring(s))
end
--## numbers
for _, s in ipairs { "x = 1a", "x = 1..2", "x = 0x", "x = 0xg", "x = 1e", "x = 1e+", "x = 1.2.3", "x = 3x", "x = .5.", "x = 08" } do print(s, loadstring(s)) end
print(loadstring("return 0x10, 1e2, .5, 5., 3e-2, 0xA, 1E2")())
--## vararg-outside
print(loadstring("function f() return ... end"))
print(loadstring("return ...")(1, 2))
print(loadstring("local function f(a) return a, ... end"))
--## break-outside
print(loadstring("break"))
print(loadstring("if x then break end"))
print(loadstring("while true do break end"))
print(loadstring("while true do local function f() break end end"))
--## statements-after-break
print(loadstring("for i = 1, 2 do break x = 1 end"))
--## ambiguous-call
print(loadstring("f\n(1)"))
print(loadstring("local a = f\n(g)(1)"))
--## statements-after-return
print(loadstring("return 1 x = 2"))
print(loadstring("do return 1 end x = 2"))
print(loadstring("return 1;"))
--## assignments
for _, s in ipairs { "f() = 1", "x + 1", "x:y = 1", "1 = x", "'a'.b = 1", "nil = 1", "local x.y = 1", "local function x.y() end", "and = 1", "local end = 1", "x.end = 1" } do print(s, loadstring(s)) end
--## operators
for _, s in ipairs { "x = 1 +", "x = not", "x = #", "x = -", "x = 1 and", "x = or 1", "x = 1 == == 2", "x = a..", "x = a...b", "x = 1 != 2", "x = a ~ b", "x = a << 1", "x = !a", "x = a & b", "x = @", "x = $y", "x = `a`", "x = a ? b : c", "x += 1", "x = \\y" } do print(s, loadstring(s)) end
--## strange-bytes
print(loadstring("x = \200"))
print(loadstring("x = 'ok \200' return x")() == "ok \200")
--## expressions-in-brackets-as-statements
for _, s in ipairs { "(x)", "(x) = 1 2", "x, f() = 1, 2" } do print(s, loadstring(s)) end
--## control-characters
print(loadstring("x = \1"))
--## deep-nesting
print(loadstring("x = " .. ("("):rep(300) .. "1" .. (")"):rep(300)))
print((loadstring("x = " .. ("("):rep(100) .. "1" .. (")"):rep(100))) ~= nil)
--## too-many-locals
local s = {}
for i = 1, 201 do s[i] = "local a" .. i end
print(loadstring(table.concat(s, "\n")))
--## comments
print(loadstring("-- comment\nreturn 1")(), loadstring("--[[ long\n]] return 2")(), loadstring("--[==[ ]] ]==] return 3")(), loadstring("return 4 --")(), loadstring("--[[x]]--[[y]]return 5")())
--## line-ends
print(loadstring("return 1\r\n+ 2")(), loadstring("x = 1\r\n\r\ny = = 2"), loadstring("x = 1\n\r\ny = = 2"), loadstring("x\r\r\n= = 2"))
--## chunk-names
print(loadstring("x = =", "=name"))
print(loadstring("x = =", "@file"))
print(loadstring("x = =", "plain text"))
print(loadstring("x = =\nmore"))
print(loadstring("x = =", "two\nlines"))
print(loadstring("x = =", ""))
--## names
print(loadstring("local _a1, A, _ = 1, 2, 3 return _a1 + A + _")(), loadstring("local _ENV2 = 1 return _ENV2")(), loadstring("local 1a = 1"))
--## semicolons
print(loadstring("x = 1; y = 2;") ~= nil, loadstring("return;") ~= nil)
--## empty-statements
print(loadstring(";x = 1"), loadstring("do ; end"), loadstring("x = 1;;"))
--## precedence
print(2 ^ 3 ^ 2, -2 ^ 2, not nil == true, 1 .. 2 == "12", 1 + 2 < 4, 2 * 3 % 4, "a" .. "b" == "ab", not 1 == 2, -3 % 5, 2 ^ -1, 1 or error("no"), nil and error("no"))
--## evaluation-order
local log = {}
local function f(x) log[#log + 1] = x return x end
local t = { f(1), f(2), [f(3)] = f(4) }
local a, b = f(5), f(6)
t[f(7)], t[f(8)] = f(9), f(10)
local _ = f(11) + f(12) * f(13)
print(table.concat(log, " "))
--## multiple-assignment
local a, b, c = 1, 2
print(a, b, c)
a, b = b, a
print(a, b)
local i, t = 1, {}
i, t[i] = i + 1, 20
print(i, t[1], t[2])
local function f() return 1, 2, 3 end
local x, y, z, w = f()
print(x, y, z, w, (f()))
local p, q = f(), 10
print(p, q)
--## keywords-as-strings
local t = { ["end"] = 1, ["nil"] = 2 }
print(t["end"], t["nil"])
--## unknown-escapes
print("\." == ".", "\-" == "-", "a\%b", "\%d")
--## goto-is-a-name
local goto = 1
local t = { goto = goto + 1 }
function t.f(goto) return goto end
print(goto, t.goto, t.f(3), ("goto"):len())
print(select(2, loadstring("goto done")), select(2, loadstring("do goto = 1 end while true do break end")))
while true do if goto then break end end
