--## traceback
local function f() return (debug.traceback("msg")) end
local text = f()
print((text:gsub("\n[^\n]*driver.*", "")))
--## traceback-shapes
local function cut(s) return (s:gsub("\n\t[^\n]*driver.*", "")) end
local t = {}
function t.field() print(cut(debug.traceback())) end
function t:method() self.field() end
local function loc() t:method() end
function glob() loc() end
glob()
--## traceback-through-libraries
local function cut(s) return (s:gsub("\n\t[^\n]*driver.*", "")) end
print(pcall(function() print(cut(debug.traceback("in pcall"))) end))
table.sort({ 1, 2 }, function() print(cut(debug.traceback("in sort"))) return false end)
;("x"):gsub("x", function() print(cut(debug.traceback("in gsub"))) end)
--## traceback-tail-call
local function cut(s) return (s:gsub("\n\t[^\n]*driver.*", "")) end
local function a() print(cut(debug.traceback())) end
local function b() return a() end
local function c() return b() end
c()
--## traceback-upvalue-and-anonymous
local function cut(s) return (s:gsub("\n\t[^\n]*driver.*", "")) end
local up = function() print(cut(debug.traceback("up"))) end
local function call() up() end
call();
(function() print(cut(debug.traceback("anonymous"))) end)()
--## traceback-messages
print(debug.traceback(nil) == nil, debug.traceback(5):match("^5\nstack"), type(debug.traceback({})), debug.traceback("x", 99), debug.traceback("", 99))
--## traceback-levels
local function cut(s) return (s:gsub("\n\t[^\n]*driver.*", "")) end
local function f() print(cut(debug.traceback("0", 0))) print(cut(debug.traceback("1", 1))) print(cut(debug.traceback("2", 2))) end
f()
--## traceback-deep
local function f(n) if n == 0 then return (debug.traceback()) end local r = f(n - 1) return r end
local lines = {}
for l in f(30):gmatch("[^\n]+") do lines[#lines + 1] = l end
for i = 1, 14 do print(lines[i]) end
print(#lines)
--## traceback-in-xpcall
local function cut(s) return (s:gsub("\n\t[^\n]*driver.*", "")) end
local function bad() local a; return a.b end
print(cut(select(2, xpcall(function() bad() end, debug.traceback))))
print(cut(select(2, xpcall(function() error("raised") end, debug.traceback))))
print(cut(select(2, xpcall(function() string.rep() end, debug.traceback))))
--## traceback-in-metamethods
local function cut(s) return (s:gsub("\n\t[^\n]*driver.*", "")) end
local t = setmetatable({}, { __index = function() print(cut(debug.traceback())) end, __add = function() print(cut(debug.traceback())) end })
local _ = t.x
local _ = t + 1
--## traceback-in-iterators
local function cut(s) return (s:gsub("\n\t[^\n]*driver.*", "")) end
for _ in function(_, i) if not i then print(cut(debug.traceback())) return 1 end end do end
--## getinfo-function
local function f(a, b)
  local c = a
  return c
end
local i = debug.getinfo(f)
print(i.source, i.short_src, i.linedefined, i.lastlinedefined, i.what, i.currentline, i.nups, i.func == f, i.name, i.namewhat)
local p = debug.getinfo(print)
print(p.source, p.short_src, p.linedefined, p.lastlinedefined, p.what, p.currentline, p.nups, p.func == print)
--## getinfo-levels
local function f()
  local i = debug.getinfo(1)
  print(i.name, i.namewhat, i.currentline, i.linedefined, i.what)
  local j = debug.getinfo(2)
  print(j.name, j.currentline, j.what, j.short_src)
end
f()
print(debug.getinfo(0).what, debug.getinfo(0).name, debug.getinfo(1).what, debug.getinfo(100))
--## getinfo-names
local t = {}
function t.field() local i = debug.getinfo(1, "n") print(i.name, i.namewhat) end
function t:method() local i = debug.getinfo(1, "n") print(i.name, i.namewhat) end
function glob() local i = debug.getinfo(1, "n") print(i.name, i.namewhat) end
local function loc() local i = debug.getinfo(1, "n") print(i.name, i.namewhat) end
t.field() t:method() glob() loc() pcall(loc)
local function up() loc() end
up()
--## getinfo-what
local i = debug.getinfo(1, "l") print(i.currentline, i.source, i.func)
local j = debug.getinfo(1, "S") print(j.currentline, j.short_src)
local k = debug.getinfo(1, "f") print(type(k.func), k.what)
local l = debug.getinfo(function()
  local a = 1
end, "L")
local n = 0
for line in pairs(l.activelines) do n = n + line end
print(n)
--## getinfo-errors
print(try(debug.getinfo), try(debug.getinfo, "x"), try(debug.getinfo, {}), try(debug.getinfo, 1, "X"), try(debug.getinfo, print, ">"))
--## getlocal
local function f(a, b)
  local c = a + b
  local i, t = 1, {}
  while true do
    local name, value = debug.getlocal(1, i)
    if not name then break end
    t[#t + 1] = name .. "=" .. tostring(type(value) == "table" and "t" or value)
    i = i + 1
  end
  return table.concat(t, " ")
end
print(f(1, 2))
print(pcall(debug.getlocal, 99, 1))
--## setlocal
local function f() local x = 1 print(debug.setlocal(1, 1, "changed")) return x end
print(f())
--## upvalues
local a, b = 1, 2
local function f() return a + b end
print(debug.getupvalue(f, 1), debug.getupvalue(f, 2), debug.getupvalue(f, 3), debug.setupvalue(f, 1, 10), a, f())
--## environments
local function f() return x end
print(debug.getfenv(f) == _G, debug.setfenv(f, { x = 5 }) == f, f())
--## current-lines
local function line() return debug.getinfo(2, "l").currentline end
print(line())

print(line(),
  line())
local x = {
  line(),
  line(),
}
print(x[1], x[2])
if
  line() then print(line()) end
--## error-lines-over-lines
print(pcall(function()
  nosuch(
    1,
    2
  )
end))
print(pcall(function()
  local t = {
    a = 1,
    b = nosuch.x,
  }
end))
print(pcall(function()
  return nosuch
    .x
    .y
end))
print(pcall(function()
  local s = "a"
    .. "b"
    .. nil
end))
print(pcall(function()
  print(1,
    nosuch.y,
    2)
end))
print(pcall(function()
  for i = 1,
    {} do
  end
end))
print(pcall(function()
  if 1 <
    {} then
  end
end))
--## error-lines-of-operators
print(pcall(function()
  local x = 1 +
    nil
end))
--## hooks-are-accepted
print(debug.gethook() == nil)
--## registry
print(type(debug.getregistry()))
