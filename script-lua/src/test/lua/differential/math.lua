--## rounding
print(math.floor(1.5), math.floor(-1.5), math.ceil(1.2), math.ceil(-1.2), math.floor(5), math.floor("3.7"), math.abs(-3), math.abs(2.5))
--## extremes
print(math.max(1, 5, 3), math.min(4, 2, 8), math.max(7), math.max("10", 9), try(math.max), try(math.min, "x"), try(math.max, 1, {}))
--## powers
print(math.sqrt(16), math.sqrt(2), math.pow(2, 10), math.exp(0), math.exp(1), math.log(math.exp(1)), math.log10(1000), 2 ^ 0.5)
--## trigonometry
print(math.sin(0), math.cos(0), math.tan(0), math.asin(1), math.acos(1), math.atan(1), math.atan2(1, 1), math.atan2(-1, -1), math.deg(math.pi), math.rad(180))
print(math.sin(1), math.cos(1), math.tan(1), math.sinh(1), math.cosh(1), math.tanh(1))
--## fmod-and-modf
print(math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.mod(7, 3), math.fmod(5.5, 2), math.modf(3.7), math.modf(-3.7), math.modf(5), math.modf(1/0))
--## modulo
print(7 % 3, -7 % 3, 7 % -3, -7 % -3, 5.5 % 2, -5.5 % 2, 1 % 0.3, 0 % 5, 10 % 2.5, 2^53 % 3)
--## modulo-by-zero-and-infinity
print((5 % 0) ~= (5 % 0), 5 / 0, -5 / 0, 0 / 5, 5 ^ 0, 0 ^ 0)
--## frexp-and-ldexp
print(math.frexp(8), math.frexp(0), math.frexp(-3), math.frexp(0.1), math.ldexp(0.5, 4), math.ldexp(1, -2), math.ldexp(0.75, 10))
--## constants
print(math.pi, math.huge, -math.huge, math.huge == 1 / 0)
--## random
math.randomseed(42)
local ok = true
for i = 1, 100 do
  local a, b, c = math.random(), math.random(6), math.random(-3, 3)
  ok = ok and a >= 0 and a < 1 and b >= 1 and b <= 6 and b % 1 == 0 and c >= -3 and c <= 3
end
print(ok, math.random(1), math.random(5, 5), try(math.random, 0), try(math.random, 2, 1), try(math.random, 1, 2, 3), try(math.random, "x"))
--## errors
print(try(math.floor), try(math.floor, "x"), try(math.sqrt, nil), try(math.sin, {}), try(math.pow, 1), try(math.randomseed), try(math.ldexp, 1))
--## integers-and-doubles
print(2147483647 + 1, -2147483648 - 1, 2147483647 * 2, 65536 * 65536, 4294967296 * 4294967296, 2^31, 2^32, 1e15 + 1, 9007199254740993)
print(1 / 3 * 3, 7 / 2, 6 / 2, 1e3, 0x7fffffff, 0xffffffff, 0x100000000, 123456789 * 1000)
--## division-and-remainder-of-large
print(2^40 % 7, 2^40 / 2^20, math.floor(2^40 / 3), 10^15, 10^14 / 10, 3 * 0.1, 1e14 + 0.5)
--## comparisons
print(1 < 2, 2 <= 2, 1.5 > 1, -1 < 0, 2^53 == 2^53 + 1, 0.1 + 0.2 == 0.3, 1 ~= 1.0, 1/0 > 2^1000)
--## literals
print(1e2, 1E-2, .5, 5., 0xff, 0XFF, 3.0, 1e+2, 0x0, 100000000000000000000)
--## conversion-in-loops
local s = 0
for i = "1", "3" do s = s + i end
print(s)
for i = 1, 3 do s = s .. i end
print(s)
--## accumulate
local x = 0
for i = 1, 10 do x = x + 0.1 end
print(x, x == 1, ("%.17g"):format(x))
--## string-numbers-compare
print("10" + 0 < "9" + 0, "a" < "b", pcall(function() return "10" < 9 end), tostring(10) == "10", 10 .. "" == "10")
--## bit-tricks
local function bits(n) local t = {} while n > 0 do t[#t + 1] = n % 2 n = math.floor(n / 2) end return table.concat(t):reverse() end
print(bits(10), bits(255), bits(2^33))
--## packet-lengths
local function len3(s) return s:byte(1) + s:byte(2) * 256 + s:byte(3) * 65536 end
print(len3("\255\255\255"), len3("\1\0\0"), string.char(len3("\65\0\0") % 256))
