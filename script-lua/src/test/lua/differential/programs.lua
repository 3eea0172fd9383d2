--## tokenizer
local src, out, i = "SELECT a, b FROM t WHERE x >= 10 AND y = 'it''s'", {}, 1
while i <= #src do
  local s, e = src:find("^%s+", i)
  if s then i = e + 1 else
    local tok = src:match("^[%a_][%w_]*", i) or src:match("^%d+", i) or src:match("^'[^']*'", i) or src:match("^[<>]=?", i) or src:sub(i, i)
    out[#out + 1] = tok i = i + #tok
  end
end
print(table.concat(out, "|"))
--## json-encoder
local function encode(v)
  local t = type(v)
  if t == "table" then
    local out = {}
    if #v > 0 then for _, x in ipairs(v) do out[#out + 1] = encode(x) end return "[" .. table.concat(out, ",") .. "]" end
    local keys = {}
    for k in pairs(v) do keys[#keys + 1] = k end
    table.sort(keys)
    for _, k in ipairs(keys) do out[#out + 1] = ("%q:%s"):format(k, encode(v[k])) end
    return "{" .. table.concat(out, ",") .. "}"
  elseif t == "string" then return ("%q"):format(v) end
  return tostring(v)
end
print(encode { a = 1, b = { 1, 2, { c = "x\"y" } }, d = true, e = 1.5 })
--## serialise-and-load
local function ser(v) if type(v) ~= "table" then return ("%q"):format(v) end local o = {} for k, x in pairs(v) do o[#o + 1] = "[" .. ser(k) .. "]=" .. ser(x) end table.sort(o) return "{" .. table.concat(o, ",") .. "}" end
local text = ser { a = "1", b = { c = "x\ny" } }
print(text) print(loadstring("return " .. text)().b.c)
--## queue-class
local Queue = {} Queue.__index = Queue
function Queue.new() return setmetatable({ first = 1, last = 0, items = {} }, Queue) end
function Queue:push(v) self.last = self.last + 1 self.items[self.last] = v end
function Queue:pop() if self.first > self.last then return nil, "empty" end local v = self.items[self.first] self.items[self.first] = nil self.first = self.first + 1 return v end
local q = Queue.new() q:push(1) q:push("two") print(q:pop(), q:pop(), q:pop())
--## memoize
local calls = 0
local function memo(f) local cache = {} return function(n) local r = cache[n] if r == nil then r = f(n) cache[n] = r end return r end end
local fib fib = memo(function(n) calls = calls + 1 if n < 2 then return n end return fib(n - 1) + fib(n - 2) end)
print(fib(80), calls)
--## sieve
local n, out, composite = 60, {}, {}
for i = 2, n do if not composite[i] then out[#out + 1] = i for j = i * i, n, i do composite[j] = true end end end
print(table.concat(out, " "))
--## string-buffer-hex
local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
local function unhex(s) return (s:gsub("%x%x", function(h) return string.char(tonumber(h, 16)) end)) end
print(hex("\0\255abc\n"), unhex("00ff6162") == "\0\255ab")
--## base64
local b = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local function enc(data)
  return ((data:gsub(".", function(x)
    local r, byte = "", x:byte()
    for i = 8, 1, -1 do r = r .. (byte % 2 ^ i - byte % 2 ^ (i - 1) > 0 and "1" or "0") end
    return r
  end) .. "0000"):gsub("%d%d%d?%d?%d?%d?", function(x)
    if #x < 6 then return "" end
    local c = 0
    for i = 1, 6 do c = c + (x:sub(i, i) == "1" and 2 ^ (6 - i) or 0) end
    return b:sub(c + 1, c + 1)
  end) .. ({ "", "==", "=" })[#data % 3 + 1])
end
print(enc("hello"), enc("\0\255"), enc(""))
--## word-count
local counts, words = {}, {}
for w in ("the cat and the hat and the bat"):gmatch("%a+") do if not counts[w] then words[#words + 1] = w end counts[w] = (counts[w] or 0) + 1 end
table.sort(words, function(a, b) return counts[a] > counts[b] or counts[a] == counts[b] and a < b end)
for _, w in ipairs(words) do print(w, counts[w]) end
--## matrix
local function mul(a, b) local r = {} for i = 1, #a do r[i] = {} for j = 1, #b[1] do local s = 0 for k = 1, #b do s = s + a[i][k] * b[k][j] end r[i][j] = s end end return r end
local m = mul({ { 1, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } })
print(m[1][1], m[1][2], m[2][1], m[2][2])
--## vector-class
local V = {}
V.__index = V
V.__add = function(a, b) return V.new(a.x + b.x, a.y + b.y) end
V.__eq = function(a, b) return a.x == b.x and a.y == b.y end
V.__tostring = function(v) return "(" .. v.x .. "," .. v.y .. ")" end
V.__call = function(v, k) return v[k] end
V.__unm = function(v) return V.new(-v.x, -v.y) end
V.__concat = function(a, b) return tostring(a) .. tostring(b) end
function V.new(x, y) return setmetatable({ x = x, y = y }, V) end
local a, b = V.new(1, 2), V.new(3, 4.5)
print(tostring(a + b), a == V.new(1, 2), a("y"), tostring(-a), a .. b, "v" .. a)
--## state-machine
local s, log = "idle", {}
local rules = { idle = { go = "run" }, run = { stop = "idle", go = "run" } }
for _, e in ipairs { "go", "go", "stop", "stop" } do local n = rules[s][e] log[#log + 1] = s .. "-" .. e .. "->" .. tostring(n) s = n or s end
print(table.concat(log, " "))
--## read-write-splitting
local function target(q, in_trans)
  local cmd = q:match("^%s*(%a+)")
  cmd = cmd and cmd:upper() or "?"
  if in_trans or cmd ~= "SELECT" then return "rw" end
  if q:upper():find("FOR%s+UPDATE") or q:upper():find("LAST_INSERT_ID") then return "rw" end
  return "ro"
end
for _, q in ipairs { "select 1", " SELECT a FROM b for  update", "insert into t values (1)", "SELECT LAST_INSERT_ID()", "" } do print(q, target(q), target(q, true)) end
--## lenenc
local function lenenc(s, pos)
  local b = s:byte(pos)
  if b < 251 then return b, pos + 1 end
  if b == 252 then return s:byte(pos + 1) + s:byte(pos + 2) * 256, pos + 3 end
  if b == 253 then return s:byte(pos + 1) + s:byte(pos + 2) * 256 + s:byte(pos + 3) * 65536, pos + 4 end
  local v = 0
  for i = 8, 1, -1 do v = v * 256 + s:byte(pos + i) end
  return v, pos + 9
end
print(lenenc("\10", 1)) print(lenenc("\252\1\2", 1)) print(lenenc("\253\1\2\3", 1)) print(lenenc("\254\0\0\0\0\1\0\0\0", 1)) print(lenenc("\254" .. ("\255"):rep(8), 1))
--## command-line-parser
local opts, rest = {}, {}
for _, a in ipairs { "--name=x", "-v", "file", "--flag", "--n=5" } do
  local k, v = a:match("^%-%-(%w+)=(.*)$")
  if k then opts[k] = tonumber(v) or v elseif a:match("^%-%-?(%w+)$") then opts[a:match("^%-%-?(%w+)$")] = true else rest[#rest + 1] = a end
end
print(opts.name, opts.v, opts.flag, opts.n + 1, rest[1])
--## histogram
local data, bins = { 1, 2, 2, 3, 3, 3, 9.5, 10 }, {}
for _, v in ipairs(data) do local b = math.floor(v / 5) bins[b] = (bins[b] or 0) + 1 end
for b = 0, 2 do print(("%2d-%2d %-8s|"):format(b * 5, b * 5 + 5, ("*"):rep(bins[b] or 0))) end
--## template
local function render(t, vars) return (t:gsub("{{(.-)}}", function(k) k = k:match("^%s*(.-)%s*$") local v = vars[k] if v == nil then error("no value for " .. k, 0) end return tostring(v) end)) end
print(render("{{a}} and {{ b }}", { a = 1, b = true }), pcall(render, "{{c}}", {}))
--## event-emitter
local E = {} E.__index = E
function E:on(n, f) self[n] = self[n] or {} table.insert(self[n], f) end
function E:emit(n, ...) for _, f in ipairs(self[n] or {}) do f(...) end end
local e, out = setmetatable({}, E), {}
e:on("x", function(...) out[#out + 1] = select("#", ...) end) e:on("x", function(a) out[#out + 1] = a end)
e:emit("x", "p", nil) e:emit("none")
print(table.concat(out, ","))
--## deep-compare
local function same(a, b)
  if type(a) ~= type(b) then return false end
  if type(a) ~= "table" then return a == b end
  for k, v in pairs(a) do if not same(v, b[k]) then return false end end
  for k in pairs(b) do if a[k] == nil then return false end end
  return true
end
print(same({ 1, { 2 } }, { 1, { 2 } }), same({ 1 }, { 1, 2 }), same({ a = {} }, { a = 1 }))
--## class-with-super
local function class(base) local c = {} c.__index = c return setmetatable(c, { __index = base, __call = function(k, ...) local o = setmetatable({}, k) if o.init then o:init(...) end return o end }) end
local A = class() function A:init(n) self.n = n end function A:show() return "A" .. self.n end
local B = class(A) function B:show() return "B" .. A.show(self) end
print(A(1):show(), B(2):show(), getmetatable(B(3)) == B)
--## binary-search
local t = {} for i = 1, 50 do t[i] = i * 3 end
local function search(x) local lo, hi = 1, #t while lo <= hi do local mid = math.floor((lo + hi) / 2) if t[mid] == x then return mid elseif t[mid] < x then lo = mid + 1 else hi = mid - 1 end end end
print(search(3), search(150), search(75), search(4))
--## checksum
local function adler(s) local a, b = 1, 0 for i = 1, #s do a = (a + s:byte(i)) % 65521 b = (b + a) % 65521 end return b * 65536 + a end
print(adler("Wikipedia"), ("%08x"):format(adler("Wikipedia")))
--## towers
local moves = {}
local function hanoi(n, a, b, c) if n > 0 then hanoi(n - 1, a, c, b) moves[#moves + 1] = a .. c hanoi(n - 1, b, a, c) end end
hanoi(4, "A", "B", "C") print(#moves, table.concat(moves, " "))
--## queens
local N, count = 6, 0
local function ok(q, r, c) for i = 1, r - 1 do if q[i] == c or q[i] - i == c - r or q[i] + i == c + r then return false end end return true end
local function place(q, r) if r > N then count = count + 1 return end for c = 1, N do if ok(q, r, c) then q[r] = c place(q, r + 1) end end end
place({}, 1) print(count)
--## levenshtein
local function lev(a, b)
  local d = {}
  for i = 0, #a do d[i] = { [0] = i } end
  for j = 0, #b do d[0][j] = j end
  for i = 1, #a do for j = 1, #b do d[i][j] = math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a:byte(i) == b:byte(j) and 0 or 1)) end end
  return d[#a][#b]
end
print(lev("kitten", "sitting"), lev("", "abc"), lev("x", "x"))
--## date-arithmetic
local t = { year = 2024, month = 2, day = 28, hour = 12 }
for i = 1, 3 do print(os.date("%Y-%m-%d", os.time(t))) t.day = t.day + 1 end
