--## basic
local co = coroutine.create(function(a, b)
  print("start", a, b)
  local c = coroutine.yield(a + b)
  print("resumed", c)
  local d, e = coroutine.yield(c * 2)
  return d + e, "end"
end)
print(coroutine.status(co), coroutine.resume(co, 1, 2))
print(coroutine.status(co), coroutine.resume(co, 10))
print(coroutine.resume(co, 3, 4))
print(coroutine.status(co), coroutine.resume(co))
--## wrap
local gen = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
print(gen(), gen(), gen(), gen())
print(pcall(gen))
--## wrap-as-iterator
local function chars(s) return coroutine.wrap(function() for c in s:gmatch(".") do coroutine.yield(c) end end) end
local t = {}
for c in chars("abc") do t[#t + 1] = c end
print(table.concat(t, "-"))
--## errors
local co = coroutine.create(function() error("inside") end)
print(coroutine.resume(co)) print(coroutine.status(co), coroutine.resume(co))
local co2 = coroutine.create(function() error({ code = 1 }) end)
local ok, e = coroutine.resume(co2)
print(ok, type(e), e.code)
local co3 = coroutine.create(function() local x = nil; x.y = 1 end)
print(coroutine.resume(co3))
--## wrap-errors
local w = coroutine.wrap(function() error("oops") end)
print(pcall(w))
local w2 = coroutine.wrap(function() error({}) end)
print(type(select(2, pcall(w2))))
print(pcall(function() local w3 = coroutine.wrap(function() error("x", 0) end) w3() end))
--## argument-errors
print(try(coroutine.create), try(coroutine.create, 5), try(coroutine.create, print), try(coroutine.wrap, {}), try(coroutine.resume), try(coroutine.resume, 5), try(coroutine.status, nil))
--## yield-outside
print(pcall(coroutine.yield, 1))
--## running
print(coroutine.running())
local co
co = coroutine.create(function() return coroutine.running() == co end)
print(coroutine.resume(co))
--## status
local co
co = coroutine.create(function()
  print(coroutine.status(co))
  local inner = coroutine.create(function() return coroutine.status(co) end)
  print(coroutine.resume(inner))
  coroutine.yield()
end)
print(coroutine.status(co)) coroutine.resume(co) print(coroutine.status(co)) coroutine.resume(co) print(coroutine.status(co))
--## resume-running-and-normal
local co
co = coroutine.create(function() return coroutine.resume(co) end)
print(coroutine.resume(co))
local outer
outer = coroutine.create(function() local inner = coroutine.create(function() return coroutine.resume(outer) end) return coroutine.resume(inner) end)
print(coroutine.resume(outer))
--## many-values
local co = coroutine.create(function(...) local n = select("#", ...) while true do n = select("#", coroutine.yield(n)) end end)
print(coroutine.resume(co), coroutine.resume(co, nil), coroutine.resume(co, nil, nil), coroutine.resume(co, 1, 2, 3))
--## producer-consumer
local function producer() return coroutine.create(function() for _, v in ipairs { "x", "y" } do coroutine.yield(v) end end) end
local function filter(p) return coroutine.create(function() while true do local _, v = coroutine.resume(p) if not v then return end coroutine.yield(v:upper()) end end) end
local f = filter(producer())
print(select(2, coroutine.resume(f)), select(2, coroutine.resume(f)), select(2, coroutine.resume(f)))
--## permutations
local function permgen(a, n)
  if n <= 1 then coroutine.yield(table.concat(a)) else
    for i = 1, n do a[n], a[i] = a[i], a[n] permgen(a, n - 1) a[n], a[i] = a[i], a[n] end
  end
end
for p in coroutine.wrap(function() permgen({ "a", "b", "c" }, 3) end) do print(p) end
--## recursion-inside
local co = coroutine.create(function() local function f() return 1 + f() end return f() end)
local ok, e = coroutine.resume(co)
print(ok, e:match("stack overflow"))
--## deep-yield
local function rec(n) if n == 0 then coroutine.yield("bottom") else rec(n - 1) end return n end
local co = coroutine.create(function() return rec(50) end)
print(coroutine.resume(co)) print(coroutine.resume(co))
--## upvalues-between
local n = 0
local co = coroutine.wrap(function() while true do n = n + 1 coroutine.yield() end end)
co() co() n = 10 co()
print(n)
--## pcall-inside-without-yield
local co = coroutine.create(function() return pcall(error, "x") end)
print(coroutine.resume(co))
--## traceback-of-a-coroutine
local co = coroutine.create(function()
  coroutine.yield()
end)
coroutine.resume(co)
print(debug.traceback(co)) print(debug.traceback(co, "msg")) print(debug.traceback(co, nil))
--## environment-of-a-coroutine
local f = setfenv(function() return v end, { v = "env" })
print(coroutine.resume(coroutine.create(f)))
--## many
local sum = 0
for i = 1, 50 do local co = coroutine.wrap(function(a) sum = sum + a coroutine.yield() end) co(i) end
print(sum)
--## wrapped-in-for-with-state
local function from(a, b) return coroutine.wrap(function() for i = a, b do coroutine.yield(i, i * i) end end) end
for i, sq in from(2, 4) do print(i, sq) end
