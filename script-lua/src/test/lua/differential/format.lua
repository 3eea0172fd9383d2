--## d
print(("%d|%5d|%-5d|%05d|%+d|% d|%.3d|%5.3d|%-+6d|"):format(42, 42, 42, 42, 42, 42, 42, 42, 42))
print(("%d %d %d %i"):format(-42, 0, 3.99, -3.99), ("%d"):format("17"), ("%d"):format(2^40), ("%d"):format(-2^40))
--## u-o-x
print(("%u %o %x %X %#x %#X %#o"):format(42, 8, 255, 255, 255, 255, 8), ("%x"):format(0), ("%#x"):format(0), ("%08x"):format(48879), ("%-8x|"):format(255))
print(("%x"):format(-1), ("%u"):format(2^32), ("%o"):format(64), ("%X"):format(3735928559), ("%.5x"):format(255))
--## c
print(("%c%c%c"):format(72, 105, 33), ("%5c|%-5c|"):format(65, 66))
--## c-of-nul
print(#("%c"):format(0), #("%5c"):format(0), #("%-5c"):format(0), ("a%cb"):format(0))
--## f
print(("%f %.2f %.0f %5.1f %-8.3f| %+.1f %08.2f"):format(3.14159, 3.14159, 2.5, 3.14159, 3.14159, 3.14159, 3.14159))
print(("%f %f %.1f %.3f"):format(1e15, -0.5, 0.05, 1e-10), ("%.20f"):format(0.1), ("%#.0f"):format(3), ("%.0f %.0f %.0f"):format(0.5, 1.5, 2.5))
--## e
print(("%e %.2e %E %.0e %12.3e| %+e"):format(12345.678, 12345.678, 0.00012, 5, 1e100, 1), ("%e"):format(0))
--## g
print(("%g %g %g %g %g %g"):format(100000, 1e6, 1e-4, 1e-5, 0.1, 123456789), ("%.3g"):format(1234.5), ("%.10g"):format(1/3), ("%#g"):format(1), ("%G"):format(1e-10))
print(("%5.2g|%-10g|%+g|%010g"):format(3.14159, 2.5, 2.5, 2.5), ("%g"):format(0), ("%g"):format(1e300), ("%.14g"):format(0.1), ("%.17g"):format(0.1), ("%.0g"):format(123))
--## infinity
print(("%f %g %e %d %5.1f|%-6g|"):format(1/0, 1/0, -1/0, 5, 1/0, -1/0), ("%05g"):format(1/0), ("%+g"):format(1/0), ("%G %E"):format(1/0, -1/0))
--## s
print(("%s %5s %-5s| %.2s %5.1s|"):format("abc", "abc", "abc", "abc", "abc"), ("%s"):format(12), ("%s"):format(1.5), ("%s%%"):format("x"))
print(("%.0s|"):format("abc"), ("%10.3s|"):format("abcdef"), ("%-10.3s|"):format("abcdef"), ("%20s|"):format(""))
--## s-with-nul
print(#("%s"):format("a\0b"), #("%s"):format(("a\0"):rep(100)))
--## s-needs-strings
print(try(string.format, "%s", nil), try(string.format, "%s", {}), try(string.format, "%s", true), try(string.format, "%s"))
--## q
print(("%q"):format('a"b\\c\nd'), ("%q"):format("\r\0001"), ("%q"):format(""), ("%q"):format("\t\1\255"), ("%q"):format(5))
print(loadstring("return " .. ("%q"):format("x\ny\0z\r\"\\"))() == "x\ny\0z\r\"\\")
--## percent
print(("%%"):format(), ("100%%"):format(1), ("%%%d%%"):format(5))
--## errors
for _, f in ipairs { "%", "%y", "%5", "%-", "%123d", "%.123d", "%1234d", "%+++++++d", "%ll", "% ", "%.f.", "%*d" } do print(f, pcall(string.format, f, 1)) end
--## missing-arguments
print(try(string.format, "%d"), try(string.format, "%d %d", 1), try(string.format, "%s %s", "a"))
--## wrong-arguments
print(try(string.format, "%d", "x"), try(string.format, "%d", {}), try(string.format, "%f", "1.5"), try(string.format, "%c", "x"), try(string.format, "%q", {}))
--## surplus-arguments
print(("%d"):format(1, 2, 3), (""):format(1), ("abc"):format({}))
--## numbers-as-strings
print(("%d|%x|%5.1f|%s"):format("12", "255", "3.14159", 3), ("%d"):format("0x10"), ("%d"):format(" 8 "))
--## large
print(("%d"):format(2^53), ("%d"):format(-2^53), ("%.0f"):format(2^63), ("%.3f"):format(1e20), ("%99d"):format(1):len(), ("%.99f"):format(1):len())
--## rounding
print(("%.2f %.2f %.2f %.1f %.1f"):format(1.005, 2.675, 1.115, 0.25, 0.35), ("%.3g %.3g"):format(2.345, 2.355), ("%.15g"):format(0.1))
--## typical
print(("%02d:%02d:%02d"):format(1, 2, 3), ("%5.2f%%"):format(99.555), ("[%-20s]"):format("name"), ("0x%04x"):format(255), ("%s=%q"):format("k", "v"))
--## flags-together
print(("%-05d|%+ d|%0+5d|%-#8x|%# 5x|"):format(42, 42, 42, 255, 255), ("%0-8.3f|"):format(3.14159), ("% 5d|%+5d|"):format(7, 7))
--## precision-without-digits
print(("%.d|%.f|%.s|%5.s|"):format(5, 2.5, "abc", "abc"), ("%.0d|"):format(0), ("%.d"):format(0))
