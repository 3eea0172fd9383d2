package io.mysqlproxy.script.lua.lpeg;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.lpeg.Capture.Kind;
import java.util.BitSet;
import java.util.List;
import java.util.function.BinaryOperator;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of {@code lpeg}, and the operators of patterns. */
public final class LpegModule {
    private static final Peg NOTHING = new Peg.AnyBytes(0);

    private final LuaTable functions = new LuaTable();
    private final LuaTable metatable = new LuaTable();

    private LpegModule() {}

    /** A new table of the functions. */
    public static LuaTable open() {
        LpegModule module = new LpegModule();
        module.addPatterns();
        module.addCaptures();
        module.addOperators();
        return module.functions;
    }

    private void addPatterns() {
        Builtin.add(functions, "P", a -> value(pattern(a.any(1))));
        Builtin.add(functions, "S", a -> value(new Peg.OneOf(set(a.string(1)))));
        Builtin.add(functions, "R", a -> value(new Peg.OneOf(ranges(a))));
        Builtin.add(functions, "V", a -> value(new Peg.Reference(a.any(1))));
        Builtin.add(
                functions, "span", a -> value(new Peg.Repeat(new Peg.OneOf(set(a.string(1))), 0, Integer.MAX_VALUE)));
        Builtin.add(functions, "match", this::match);
        Builtin.add(functions, "print", a -> {
            System.out.println(pattern(a.any(1)));
            return LuaValue.NONE;
        });
        Builtin.add(functions, "type", a -> peg(a.any(1)) == null ? LuaValue.NIL : LuaValue.valueOf("pattern"));
        Builtin.add(functions, "version", a -> LuaValue.valueOf("0.8"));
    }

    private void addCaptures() {
        wrap("C", Kind.TEXT);
        wrap("Ct", Kind.TABLE);
        wrap("Cs", Kind.SUBSTITUTION);
        wrap("Ca", Kind.ACCUMULATION);
        Builtin.add(functions, "Cc", a -> capture(NOTHING, Kind.CONSTANT, a.values()));
        Builtin.add(functions, "Cp", a -> capture(NOTHING, Kind.POSITION, LuaValue.NONE));
        Builtin.add(functions, "Carg", a -> capture(NOTHING, Kind.ARGUMENT, LuaValue.valueOf(a.small(1))));
        Builtin.add(functions, "Cb", a -> capture(NOTHING, Kind.BACK, LuaValue.valueOf(a.small(1))));
        Builtin.add(functions, "Cmt", a -> value(new Peg.Asking(pattern(a.any(1)), a.function(2))));
    }

    private void wrap(String name, Kind kind) {
        Builtin.add(functions, name, a -> capture(pattern(a.any(1)), kind, LuaValue.NONE));
    }

    private void addOperators() {
        metatable.rawset("__index", functions);
        binary("__mul", Peg.Sequence::new);
        binary("__add", Peg.Choice::new);
        binary("__sub", (a, b) -> new Peg.Sequence(new Peg.Look(b, false), a));
        Builtin.add(metatable, "__pow", a -> value(power(pattern(a.get(1)), a.small(2))));
        Builtin.add(metatable, "__unm", a -> value(new Peg.Look(pattern(a.get(1)), false)));
        Builtin.add(metatable, "__len", a -> value(new Peg.Look(pattern(a.get(1)), true)));
        Builtin.add(metatable, "__div", a -> value(divide(pattern(a.get(1)), a.get(2))));
    }

    private void binary(String name, BinaryOperator<Peg> operator) {
        Builtin.add(metatable, name, a -> value(operator.apply(pattern(a.get(1)), pattern(a.get(2)))));
    }

    private LuaValue value(Peg peg) {
        return new LuaUserdata(peg, metatable);
    }

    private LuaValue capture(Peg body, Kind kind, Varargs datum) {
        return value(new Peg.Capturing(body, kind, datum));
    }

    private static Peg peg(LuaValue value) {
        return value instanceof LuaUserdata userdata && userdata.m_instance instanceof Peg peg ? peg : null;
    }

    private Peg pattern(LuaValue value) {
        Peg known = peg(value);
        if (known != null) {
            return known;
        }
        return switch (value.type()) {
            case LuaValue.TSTRING -> new Peg.Literal(value.checkstring());
            case LuaValue.TNUMBER -> bytes(value.toint());
            case LuaValue.TBOOLEAN -> value.toboolean() ? NOTHING : new Peg.Never();
            case LuaValue.TTABLE -> Rules.grammar(value.checktable(), this::pattern);
            case LuaValue.TFUNCTION -> new Peg.Asking(NOTHING, value);
            default -> throw Fault.of("bad argument #1 to 'P' (pattern expected, got " + value.typename() + ")");
        };
    }

    private static Peg bytes(int count) {
        return count >= 0 ? new Peg.AnyBytes(count) : new Peg.Look(new Peg.AnyBytes(-count), false);
    }

    private static Peg power(Peg body, int count) {
        if (count < 0) {
            return new Peg.Repeat(body, 0, -count);
        }
        Rules.NONE.checkLoop(body);
        return new Peg.Repeat(body, count, Integer.MAX_VALUE);
    }

    private static Peg divide(Peg body, LuaValue by) {
        Kind kind = switch (by.type()) {
            case LuaValue.TSTRING, LuaValue.TNUMBER -> Kind.FORMAT;
            case LuaValue.TTABLE -> Kind.LOOKUP;
            case LuaValue.TFUNCTION -> Kind.CALL;
            default -> throw Fault.of("invalid replacement value");
        };
        return new Peg.Capturing(body, kind, by);
    }

    private static BitSet set(LuaString bytes) {
        BitSet set = new BitSet(256);
        for (int i = 0; i < bytes.m_length; i++) {
            set.set(bytes.luaByte(i));
        }
        return set;
    }

    private static BitSet ranges(Arguments arguments) {
        BitSet set = new BitSet(256);
        for (int i = 1; i <= arguments.count(); i++) {
            LuaString range = arguments.string(i);
            if (range.m_length != 2) {
                throw arguments.bad(i, "range must have two characters");
            }
            if (range.luaByte(0) <= range.luaByte(1)) {
                set.set(range.luaByte(0), range.luaByte(1) + 1);
            }
        }
        return set;
    }

    private Varargs match(Arguments arguments) {
        Peg peg = pattern(arguments.any(1));
        LuaString subject = arguments.string(2);
        Matching matching = new Matching(subject, arguments.values().subargs(4));
        int end = peg.match(matching, start((int) arguments.integer(3, 1), subject.m_length));
        if (end == Peg.FAIL) {
            return LuaValue.NIL;
        }
        List<LuaValue> captured = matching.captured();
        return captured.isEmpty() ? LuaValue.valueOf(end + 1) : CaptureValues.varargs(captured);
    }

    private static int start(int given, int length) {
        int start = given > 0 ? given - 1 : given < 0 ? length + given : 0;
        return Math.max(0, Math.min(start, length));
    }
}
