package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The module {@code lpeg}. */
class LpegTest {
    private static final String PRELUDE = """
            local lpeg = require("lpeg")
            local P, S, R, V, C, Cc, Cp, Ct, Cs, match = lpeg.P, lpeg.S, lpeg.R, lpeg.V, lpeg.C, lpeg.Cc, lpeg.Cp, lpeg.Ct,
                lpeg.Cs, lpeg.match
            local function is(value, expected)
                if value ~= expected then error(tostring(value) .. " is not " .. tostring(expected), 2) end
            end
            local function raises(expected, f, ...)
                local ok, text = pcall(f, ...)
                if ok or not tostring(text):find(expected, 1, true) then error(tostring(text), 2) end
            end
            """;

    private LuaFixture lua;

    @BeforeEach
    void open() {
        lua = new LuaFixture();
    }

    private void passes(String body) throws ScriptException {
        lua.compile(PRELUDE + body).newInstance(lua.newContext());
    }

    @Test
    void module() throws ScriptException {
        passes("""
                assert(lpeg == _G.lpeg and package.loaded.lpeg == lpeg)
                for name in ("P S R V C Ca Cb Cc Carg Cmt Cp Cs Ct match print span type version"):gmatch("%S+") do
                    is(type(lpeg[name]), "function")
                end
                is(lpeg.version(), "0.8") is(lpeg.type(P("a")), "pattern") is(lpeg.type("a"), nil) is(type(P("a")), "userdata")
                """);
        assertThat(lua.evaluate("lpeg.version()")).isEqualTo("0.8");
    }

    @Test
    void basics() throws ScriptException {
        passes("""
                is(match(P("ab"), "abc"), 3) is(match("ab", "abc"), 3) is(P("ab"):match("xab"), nil)
                is(match(P("ab"), "xab", 2), 4) is(match(P("b"), "ab", -1), 3) is(match(P(""), "", 5), 1)
                is(match(3, "abc"), 4) is(match(3, "ab"), nil) is(match(-1, ""), 1) is(match(-1, "a"), nil)
                is(match(-3, "ab"), 1) is(match(true, "a"), 1) is(match(false, "a"), nil)
                is(match(S("ab"), "b"), 2) is(match(S(""), "b"), nil) is(match(R("az", "09"), "5"), 2) is(match(R(), "5"), nil)
                is(match(R("\\128\\255"), "\\200"), 2) is(match(lpeg.span(" \\t"), " \\t x"), 4)
                raises("range must have two characters", R, "abc")
                is(match(P(function(s, i) return i + 1 end) * "b", "ab"), 3) is(match(P(function() end), "ab"), nil)
                """);
    }

    @Test
    void operators() throws ScriptException {
        passes("""
                is(match(P("a") * "b", "ab"), 3) is(match("a" * P("b"), "ab"), 3) is(match(P("a") + "b", "b"), 2)
                is(match(P("-") + "", "x"), 1) is(match(1 - P('"'), '"'), nil) is(match(1 - P('"'), 'a'), 2)
                is(match((1 - P("b")) ^ 0, "aab"), 3) is(match(P("a") ^ 2, "a"), nil) is(match(P("a") ^ 2, "aaa"), 4)
                is(match(P("a") ^ -2, "aaa"), 3) is(match(P("a") ^ 0 * "a", "aaa"), nil)
                is(match(-P("a"), "b"), 1) is(match(-P("a"), "a"), nil) is(match(#P("a") * "ab", "ab"), 3)
                is(match(#C("a") * C("ab"), "ab"), "ab") is(match({ P("x") * V(1) + "y" }, "xxy"), 4)
                raises("loop body may accept empty string", function() return (P("a") ^ 0) ^ 0 end)
                raises("loop body may accept empty string", function() return (P("a") + "") ^ 1 end)
                """);
    }

    @Test
    void captures() throws ScriptException {
        passes("""
                local a, b, c = match(C("a" * C("b")) * Cp(), "ab")
                is(a, "ab") is(b, "b") is(c, 3)
                is(select("#", match(Cc(1, nil, "x"), "")), 3) is(select("#", match(Cc(nil), "")), 1)
                local t = match(Ct(C(R("az")) ^ 0) * P(",") ^ -1, "abc,")
                is(#t, 3) is(t[3], "c")
                is(match(lpeg.Carg(2), "", 1, "x", "y"), "y") raises("absent extra argument #1", match, lpeg.Carg(1), "")
                is(match(P("a") / "<%0>%%", "a"), "<a>%") is(match(C("a") * C("b") / "%2%1", "ab"), "ba")
                is(match(P("a") / "x", "a"), "x") is(match(P("a") / "%1", "a"), "a")
                is(match(C(1) / { a = 5 }, "a"), 5) is(match(P(1) / { a = 5 }, "a"), 5) is(match(C(1) / {} * Cp(), "b"), 2)
                is(match(C(1) * C(1) / function(x, y) return y .. x end, "ab"), "ba")
                is(match(P("ab") / string.upper, "ab"), "AB") is(match(P("a") / function() end, "a"), 2)
                is(match(C("a") * "x" + C("a"), "ay"), "a")
                """);
    }

    @Test
    void rarerCaptures() throws ScriptException {
        passes("""
                is(match(Cs((P("a") / "x" + 1) ^ 0), "bab"), "bxb") is(match(Cs((C("a") + P(1) / { b = "" }) ^ 0), "abc"), "ac")
                local number = R("09") ^ 1 / tonumber
                local function add(sum, n) return sum + n end
                is(match(lpeg.Ca(number * ("," * number / add) ^ 0), "1,2,30"), 33)
                local x, y = match(C("a") * lpeg.Cb(1), "a")
                is(x, "a") is(y, "a")
                local long = lpeg.Cmt(C(R("az") ^ 1), function(s, i, word) return #word > 2, word:upper() end)
                is(match(long, "abc"), "ABC") is(match(long, "ab"), nil)
                is(match(lpeg.Cmt("a", function(s, i) return i + 1 end) * Cp(), "abc"), 3)
                raises("invalid position", match, lpeg.Cmt("a", function() return 9 end), "a")
                raises("invalid replacement value", match, Cs(P("a") / function() return {} end), "a")
                """);
    }

    @Test
    void grammars() throws ScriptException {
        passes("""
                local sum = P { "Sum", Sum = V("Product") * (S("+-") * V("Product")) ^ 0,
                    Product = V("Atom") * (S("*/") * V("Atom")) ^ 0, Atom = R("09") ^ 1 + "(" * V("Sum") * ")" } * -1
                is(match(sum, "1+2*(3-4)"), 10) is(match(sum, "1+"), nil) is(match(sum, "(1"), nil)
                local nested = P { "(" * ((1 - S("()")) + V(1)) ^ 0 * ")" }
                is(match(nested, "(a(b)c)x"), 8)
                raises("left recursive", P, { V(1) * "a" }) raises("left recursive", P, { P("a") ^ -1 * V(1) })
                raises("not defined", P, { V("x") }) raises("no initial rule", P, {}) raises("not defined", P, { "x" })
                raises("loop body may accept empty string", P, { "a" * V("x") ^ 0, x = P("b") ^ -1 })
                raises("outside a grammar", match, V("x"), "a")
                raises("stack overflow", match, P { "(" * V(1) ^ -1 }, ("("):rep(1e6))
                """);
    }

    @Test
    void longSubjects() throws ScriptException {
        passes("""
                is(match((1 - P("x")) ^ 0 * "x", ("a"):rep(300000) .. "x"), 300002)
                is(#match(Ct(C(1) ^ 0), ("a"):rep(100000)), 100000)
                """);
    }
}
