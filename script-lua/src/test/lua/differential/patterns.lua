--## find-plain
print(("hello world"):find("o w"), ("hello"):find("l"), ("hello"):find("xyz"))
print(("hello"):find(""), ("hello"):find("", 3), ("hello"):find("", 10), (""):find(""))
print(("a.b"):find(".", 1, true), ("a.b"):find("%."), ("a+b"):find("+", 1, true))
--## find-init
print(("banana"):find("a", 3), ("banana"):find("a", -1), ("banana"):find("a", -100), ("banana"):find("n", 100))
print(("abc"):find("b", "2"), ("abc"):find("b", 2.9))
--## find-captures
print(("key=value"):find("(%w+)=(%w+)"))
print(("key=value"):find("()=()"))
--## find-anchors
print(("abc"):find("^b"), ("abc"):find("^a"), ("abc"):find("c$"), ("abc"):find("b$"), ("abc"):find("^abc$"))
print(("abc"):find("^b", 2), ("a^b"):find("a^b"), ("a$b"):find("a$b"), ("$"):find("$"), ("^"):find("%^"))
--## match-basic
print(("  trim me  "):match("^%s*(.-)%s*$") .. "|")
print(("2024-01-31"):match("(%d+)-(%d+)-(%d+)"))
print(("abc"):match(".-"), ("abc"):match(".*"), ("abc"):match(".+"), ("abc"):match("x*"), ("abc"):match("x+"))
--## match-optional
print(("color colour"):match("colou?r"), ("colour"):match("colou?r"), ("ab"):match("a?b?c?$"), ("-12"):match("^[+-]?%d+$"))
--## match-init
print(("abcabc"):match("a(.)", 2), ("abcabc"):match("^a", 4), ("abc"):match("()", 10), ("abc"):match("()", -2))
--## match-backreference
print(([["quoted" 'text']]):match([[(["'])(.-)%1]]))
print(("abab"):match("^(ab)%1$"), ("abba"):match("^(.)(.)%2%1$"), ("abc"):match("(a)%1"))
--## position-captures
print(("hello"):match("()ll()"), ("hello"):match("()"), ("hello"):gsub("()", "%1"))
--## empty-captures
print(("abc"):match("(x*)abc"), ("abc"):find("(x*)"), #("abc"):match("(x*)"))
--## nested-captures
print(("abcd"):match("((a)(b(c)))"), ("abcd"):match("(a(b(c)d))"))
--## greedy-and-lazy
print(("<a><b>"):match("<(.*)>"), ("<a><b>"):match("<(.-)>"), ("aaa"):match("^(a-)$"), ("aaab"):match("^(a-)b"))
--## sets
print(("hello123"):match("[a-z]+"), ("hello123"):match("[^a-z]+"), ("x-y"):match("[x%-y]+"), ("a]b"):match("[]]"), ("a]b"):match("[^]]+"))
print(("a-b"):match("[a-]+"), ("a^b"):match("[b^]+"), ("%"):match("[%%]"), ("tab\t"):match("[%s]") == "\t", ("[x]"):match("[[]"))
--## set-ranges
print(("AZaz09"):match("[A-Z]+"), ("AZaz09"):match("[a-z0-9]+"), ("b"):match("[a-c]"), ("-"):match("[+--]"), ("é"):match("[\128-\255]+"))
--## classes
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
all = table.concat(all)
for class in ("acdlpsuwxzACDLPSUWXZ"):gmatch(".") do
  local n, sum = 0, 0
  for c in all:gmatch("%" .. class) do n = n + 1 sum = sum + c:byte() end
  print(class, n, sum)
end
--## classes-in-sets
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
all = table.concat(all)
for _, set in ipairs { "[%a_]", "[^%a]", "[%W]", "[%d%-]", "[^%s%p]", "[%z\1]" } do
  print(set, (select(2, all:gsub(set, ""))))
end
--## dot-matches-every-byte
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
print(select(2, table.concat(all):gsub(".", "")), #table.concat(all):match("^.*$"))
--## balanced
print(("f(a(b)c)d"):match("%b()"), ("((x)"):match("%b()"), ("no"):match("%b()"), ("[[a]]"):match("%b[]"), ("xax"):match("%bxx"))
print(("THE (quick) fox"):find("%((%a+)%)"), ("a(b)c(d)"):gsub("%b()", ""))
--## frontier
print(("THE (quick) fox"):gsub("%f[%a]%a+", "W"))
print(("THE (quick) fox"):find("%f[%a]%a+%f[%A]", 2), ("foo"):match("%f[%w]%w+$"), ("x"):find("%f[%z]"))
print((" x "):gsub("%f[%w]", "^"), ("hello world"):gsub("%f[%w]%w", string.upper))
--## gmatch-words
for w in ("one two  three"):gmatch("%a+") do print(w) end
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do print(k, v) end
--## gmatch-empty
local n = 0
for w in ("a,b,,c"):gmatch("([^,]*)") do n = n + 1 print(n, "[" .. w .. "]") end
for p in ("abc"):gmatch("()") do print(p) end
for w in (""):gmatch("") do print("empty", #w) end
for w in (""):gmatch("x") do print("never") end
--## gmatch-anchor-is-a-letter
for w in ("^a^a"):gmatch("^a") do print(w) end
for w in ("aa"):gmatch("^a") do print("never") end
--## gmatch-star
local t = {}
for w in ("aXbbX"):gmatch("%l*") do t[#t + 1] = "<" .. w .. ">" end
print(table.concat(t))
--## gfind
print(string.gfind == string.gmatch)
for w in string.gfind("a b", "%a") do print(w) end
--## gsub-string
print(("hello world"):gsub("o", "0"))
print(("hello world"):gsub("o", "0", 1), ("hello"):gsub("l", "L", 0), ("hello"):gsub("l", "L", -1))
print(("hello"):gsub("", "-"), ("abc"):gsub("%w", "%0%0"), ("abc def"):gsub("(%w+) (%w+)", "%2 %1"))
--## gsub-empty-and-star
print(("abc"):gsub("b*", "x"), ("abc"):gsub(".-", "x"), ("aaa"):gsub("a*", "x"), (""):gsub("", "x"), (""):gsub("^", "x"))
--## gsub-anchored
print(("aaa"):gsub("^a", "b"), ("aaa"):gsub("a$", "b"), ("abc"):gsub("^b", "x"), ("abc"):gsub("$", "!"))
--## gsub-percent
print(("a"):gsub("a", "%%"), ("a"):gsub("a", "100%%"), ("a"):gsub("a", "%x"), ("a"):gsub("a", "%"):byte(1, -1))
--## gsub-function
print(("abc"):gsub("%w", function(c) return c:upper() end))
print(("abc"):gsub("%w", function(c) if c == "b" then return false end return nil end))
print(("abc"):gsub("(%w)(%w)", function(a, b) return b .. a end), ("abc"):gsub("%w", function() return 1 end))
--## gsub-table
print(("$name is $age"):gsub("%$(%w+)", { name = "Bob", age = 42 }))
print(("$name is $who"):gsub("%$(%w+)", { name = "Bob", who = false }))
print(("abc"):gsub("%w", setmetatable({}, { __index = function(_, k) return k .. k end })))
--## gsub-position
print(("abc"):gsub("()b", "%1"), ("abc"):gsub("b()", { [3] = "X" }))
--## gsub-number-replacement
print(("abc"):gsub("b", 12), ("abc"):gsub("b", 1.5))
--## numbers-as-subject
print((12345):rep(2), string.find(12345, 34), string.match(12.5, "%."), string.gsub(101, 0, "x"))
--## nul-in-subject
print((("a\0b\0c"):gsub("%z", "0")), ("a\0b"):find("b"), ("a\0b"):find("%z"), #("a\0b"):match(".*"), ("\0\0"):gsub("%Z", "x"))
print(("a\0bc"):find("bc", 1, true), ("a\0b"):match("^a.b$") == "a\0b", #("x\0y"):match("[^x]+"))
--## bad-patterns
for _, p in ipairs { "%", "[a", "[", "[^", "[]", "[%", "(", ")", "a)", "(a", "%b", "%bx", "%f", "%fa", "%1", "(%1)", "[a-%", "()%2", "(()" } do
  print(p, pcall(string.find, "abc", p))
end
--## bad-patterns-gsub
for _, p in ipairs { "%", "[a", "(", "%f" } do print(p, pcall(string.gsub, "abc", p, "x")) end
print(pcall(string.gsub, "abc", "a", "%1"))
print(pcall(string.gsub, "abc", "a", "%2"))
print(pcall(string.gsub, "abc", "(a)(b)", "%3"))
--## bad-replacements
print(pcall(string.gsub, "abc", "a", function() return {} end))
print(pcall(string.gsub, "abc", "a", { a = true }))
print(pcall(string.gsub, "abc", "a"))
print(pcall(string.gsub, "abc", "a", true))
--## too-many-captures
print(pcall(string.find, ("a"):rep(40), ("(a)"):rep(33)))
print(select("#", ("a"):rep(40):find(("(a)"):rep(32))))
--## long-subjects
local s = ("a"):rep(100000)
print(#s:match(".-b?$"), s:find("b"), #s:match("a*"), (select(2, s:gsub("a", "b"))), #s:match("^(a-)$"))
--## long-alternation
print(("a"):rep(30):match(("a?"):rep(15) .. ("a"):rep(15)) == ("a"):rep(30))
--## special-characters-escaped
print(("a.b*c"):match("a%.b%*c"), ("f(x)"):match("%((.-)%)"), ("[x]"):match("%[(.-)%]"), ("a%b"):match("a%%b"))
--## suffix-without-item
print(("*a"):match("*a"), ("+"):match("^+"), ("?"):match("^?"), ("-"):match("^-"), ("a**"):match("a%**"), ("a*?"):match("a*%*?"))
--## question-on-sets
print(("ac"):match("a[bc]?c"), ("abc"):match("a[bc]?c"), ("ac"):match("^a%w?c$"), ("x"):match("^(%d?)x"))
--## captures-returned-by-find-with-plain
print(("a(b)"):find("(b)", 1, true), ("a(b)"):find("(b)"))
--## no-match-after-captures
print(("abc"):match("(a)(x)"), ("abc"):find("(a)(x)"), ("aab"):match("(a*)b"), ("aab"):match("(a*)(a)b"))
--## url
local url = "http://www.example.com:8080/path/to?x=1&y=2#frag"
print(url:match("^(%w+)://([^:/]+):?(%d*)(/[^?#]*)%??([^#]*)#?(.*)$"))
--## sql
local q = "SELECT /* c */ * FROM t WHERE a = 'it''s' -- end"
print((q:gsub("/%*.-%*/", ""):gsub("%-%-.*$", ""):gsub("%s+", " ")))
print(q:match("^%s*(%w+)"):lower(), q:match("FROM%s+(%w+)"))
--## csv
local function csv(s)
  s = s .. ","
  local t, i = {}, 1
  repeat
    if s:find('^"', i) then
      local a, c
      local j = i
      repeat a, j, c = s:find('"("?)', j + 1) until c ~= '"'
      t[#t + 1] = s:sub(i + 1, j - 1):gsub('""', '"')
      i = s:find(",", j) + 1
    else
      local n = s:find(",", i)
      t[#t + 1] = s:sub(i, n - 1)
      i = n + 1
    end
  until i > #s
  return t
end
for i, v in ipairs(csv([[alo,"a ""b""",,2]])) do print(i, v) end
--## trim-functions
for _, s in ipairs { "", " ", " a", "a ", " a b " } do print("[" .. s:gsub("^%s+", ""):gsub("%s+$", "") .. "]") end
