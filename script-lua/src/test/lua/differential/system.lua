--## time
print(os.time() % 1, os.time({ year = 2024, month = 1, day = 1, hour = 0 }) - os.time({ year = 2023, month = 12, day = 31, hour = 0 }))
print(os.time({ year = 2024, month = 14, day = -3 }) == os.time({ year = 2025, month = 1, day = 28 }), os.time({ year = "2024", month = "2", day = "29" }) ~= nil)
print(try(os.time, {}), try(os.time, { year = 2024 }), try(os.time, { year = 2024, month = 1 }), try(os.time, "x"))
print(os.time({ year = 2024, month = 1, day = 1 }) - os.time({ year = 2024, month = 1, day = 1, hour = 12 }))
--## date
print(os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%c", 0), os.date("!%x %X %p", 86399), os.date("!%A %a %B %b", 1e9))
print(os.date("!%j %U %w %W %y %d %I %M %S", 1709164800), os.date("!%%"), os.date("!"), os.date("!%F %T %D %e %R %n %t %h %C %g %G %V %u", 1709164800))
--## date-letters
for c in ("aAbBcCdDeFgGhHIjmMnprRsStTuUVwWxXyYzZ"):gmatch(".") do
  local t = {}
  for _, when in ipairs { 0, 86400 * 3, 1000000000, 1709164800, 1735603200 } do t[#t + 1] = os.date("!%" .. c, when) end
  print(c, table.concat(t, "|"))
end
--## date-table
local t = os.date("!*t", 1709164800)
print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst)
local u = os.date("*t", 1709164800)
print(os.time(u))
--## date-errors
print(try(os.date, {}), try(os.date, "!%Y", "x"), try(os.date, "!%Y", {}))
--## difftime-and-clock
print(os.difftime(10, 4), os.difftime(5), type(os.clock()), os.clock() >= 0, pcall(os.difftime))
--## getenv
print(type(os.getenv("PATH")), os.getenv("NO_SUCH_VARIABLE_"), pcall(os.getenv))
--## execute
print(os.execute("exit 0"), os.execute("exit 3"), os.execute("true"), os.execute("false"), os.execute(), os.execute("exit 255"))
--## remove-and-rename
local a = os.tmpname()
print(os.rename(a, a .. ".x"), (io.open(a)), os.remove(a .. ".x"), (os.remove(a .. ".x")))
print(os.remove("/no/such/file"), os.rename("/no/such/a", "/no/such/b"), try(os.remove), try(os.rename, "x"))
--## remove-directory
print(os.remove("/proc"))
print((select(2, os.remove("/"))) ~= nil)
--## tmpname
local n = os.tmpname()
print(type(n), io.open(n) ~= nil, os.remove(n))
--## setlocale
print(os.setlocale("C"), os.setlocale("no_such"), os.setlocale("C", "numeric"), pcall(os.setlocale, "C", "x"))
--## open-errors
print(io.open("/no/such/file"))
print(io.open("/no/such/file", "w"))
print(io.open("/etc/passwd/x"))
print(try(io.open), try(io.open, {}), io.open("/etc/passwd", "z"))
--## write-and-read
local name = os.tmpname()
local f = io.open(name, "w")
print(io.type(f), f:write("line 1\n", 2, " ", 3.5, "\nlast"), f:close(), io.type(f), tostring(f))
for line in io.lines(name) do print(line) end
local f = io.open(name)
print(f:read(), f:read("*l"), f:read("*l"), f:read("*l"), f:read("*a"), f:read("*a"), f:read(0), f:read(1))
f:close() os.remove(name)
--## read-formats
local name = os.tmpname()
local f = io.open(name, "w") f:write("12 0x1F -3.5e2 .5 abc\nrest of line\n\nmore") f:close()
local f = io.open(name)
print(f:read("*n", "*n", "*n", "*n")) print(f:read("*n")) print(f:read("*l")) print(f:read(4), f:read(0)) print(f:read("*l", "*l", "*l", "*l"))
f:close() os.remove(name)
--## read-bad-formats
local f = io.open("/etc/passwd")
print(try(f.read, f, "x"), try(f.read, f, "*x"), try(f.read, f, {}), try(f.read), try(f.read, 5))
print(try(function() f:read("x") end)) print(try(function() f.read() end))
f:close()
--## closed-files
local f = io.open("/etc/passwd") f:close()
print(try(f.read, f), try(f.write, f, "x"), try(f.close, f), try(f.lines, f), try(f.seek, f), tostring(f), io.type(f), try(io.close, f))
print(pcall(function() f:read() end))
--## seek
local name = os.tmpname()
local f = io.open(name, "w+")
f:write("0123456789")
print(f:seek(), f:seek("set"), f:read(3), f:seek(), f:seek("cur", 2), f:read(1), f:seek("end"), f:seek("end", -2), f:read("*a"), f:seek("set", 100))
print(try(f.seek, f, "bad"), try(f.seek, f, "set", "x"), f:seek("set", -5))
f:close() os.remove(name)
--## update-in-place
local name = os.tmpname()
local f = io.open(name, "w") f:write("aaa") f:close()
f = io.open(name, "r+") f:write("b") f:close()
f = io.open(name) print(f:read("*a")) f:close()
f = io.open(name, "a") f:write("c") f:close()
f = io.open(name, "a+") f:write("d") f:seek("set") print(f:read("*a")) f:close()
f = io.open(name, "w") f:close()
f = io.open(name) print(f:read("*a"), f:read("*l")) f:close() os.remove(name)
--## wrong-direction
local name = os.tmpname()
local f = io.open(name, "w") print(f:read()) f:close()
f = io.open(name) print(f:write("x")) f:close() os.remove(name)
--## lines
local name = os.tmpname()
local f = io.open(name, "w") f:write("a\nb\n\nc") f:close()
for l in io.lines(name) do print("[" .. l .. "]") end
f = io.open(name)
for l in f:lines() do print(l) end
print(io.type(f)) f:close()
print(pcall(io.lines, "/no/such/file"))
local it = io.lines(name) it() it() it() it() print(it()) print(pcall(it)) os.remove(name)
--## binary
local name = os.tmpname()
local all = {} for i = 0, 255 do all[i + 1] = string.char(i) end all = table.concat(all)
local f = io.open(name, "wb") f:write(all) f:close()
f = io.open(name, "rb") print(f:read("*a") == all, f:seek("end")) f:close() os.remove(name)
--## input-and-output
local name = os.tmpname()
local old = io.output()
print(io.type(io.output(name)), io.write("x", 1) ~= nil, io.close(), io.output(old) == old)
local oldin = io.input()
io.input(name) print(io.read("*a"), io.read()) io.close(io.input()) print(pcall(io.read)) io.input(oldin)
print(try(io.input, "/no/such/file"), io.type(5), try(io.type), try(io.output, {})) os.remove(name)
--## popen
local p = io.popen("echo hi; exit 3")
print(p:read("*a"), p:close())
local q = io.popen("cat > /dev/null", "w") print(q:write("x"), q:close())
for l in io.popen("printf 'a\\nb\\n'"):lines() do print(l) end
print(pcall(io.popen))
--## setvbuf-and-flush
local f = io.tmpfile()
print(f:setvbuf("no"), f:setvbuf("full", 1024), f:setvbuf("line"), try(f.setvbuf, f, "x"), try(f.setvbuf, f), f:flush(), io.type(f)) f:close()
--## write-errors
local f = io.tmpfile()
print(try(f.write, f, {}), try(f.write, f, nil), try(f.write, f, "a", true), f:write(), f:write("")) f:close()
--## standard-files
print(io.type(io.stdin), io.type(io.stdout), io.type(io.stderr), tostring(io.stdout):match("^file %(") )
--## methods-of-files
local f = io.tmpfile()
print(getmetatable(f).__index == getmetatable(f), type(f.read), f.nosuch, try(function() f.x = 1 end), try(function() return #f end)) f:close()
