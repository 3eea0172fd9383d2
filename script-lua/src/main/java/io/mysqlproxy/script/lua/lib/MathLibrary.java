package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code math}. */
final class MathLibrary {
    private final LuaTable math = new LuaTable();
    private final Random random = new Random(0);

    private MathLibrary() {}

    static LuaTable table() {
        MathLibrary library = new MathLibrary();
        library.addElementary();
        library.addOthers();
        return library.math;
    }

    private void addElementary() {
        add("abs", Math::abs);
        add("ceil", Math::ceil);
        add("floor", Math::floor);
        add("sqrt", Math::sqrt);
        add("exp", Math::exp);
        add("log", Math::log);
        add("log10", Math::log10);
        add("deg", x -> x / (Math.PI / 180));
        add("rad", x -> x * (Math.PI / 180));
        add("sin", Math::sin);
        add("cos", Math::cos);
        add("tan", Math::tan);
        add("asin", Math::asin);
        add("acos", Math::acos);
        add("atan", Math::atan);
        add("sinh", Math::sinh);
        add("cosh", Math::cosh);
        add("tanh", Math::tanh);
    }

    private void addOthers() {
        math.rawset("pi", LuaValue.valueOf(Math.PI));
        math.rawset("huge", LuaValue.valueOf(Double.POSITIVE_INFINITY));
        Builtin.add(math, "atan2", a -> LuaValue.valueOf(Math.atan2(a.number(1), a.number(2))));
        Builtin.add(math, "pow", a -> LuaValue.valueOf(Math.pow(a.number(1), a.number(2))));
        Builtin.add(math, "fmod", a -> LuaValue.valueOf(a.number(1) % a.number(2)));
        math.rawset("mod", math.get("fmod"));
        Builtin.add(math, "modf", MathLibrary::modf);
        Builtin.add(math, "frexp", MathLibrary::frexp);
        Builtin.add(math, "ldexp", a -> LuaValue.valueOf(ldexp(a.number(1), a.small(2))));
        Builtin.add(math, "max", a -> extreme(a, 1));
        Builtin.add(math, "min", a -> extreme(a, -1));
        Builtin.add(math, "random", this::random);
        Builtin.add(math, "randomseed", a -> {
            random.setSeed(a.integer(1));
            return LuaValue.NONE;
        });
    }

    private void add(String name, DoubleUnaryOperator function) {
        Builtin.add(math, name, a -> LuaValue.valueOf(function.applyAsDouble(a.number(1))));
    }

    private static Varargs modf(Arguments arguments) {
        double value = arguments.number(1);
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        double fraction = Double.isInfinite(value) ? 0 : value - whole;
        return LuaValue.varargsOf(LuaValue.valueOf(whole), LuaValue.valueOf(fraction));
    }

    private static Varargs frexp(Arguments arguments) {
        double value = arguments.number(1);
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return LuaValue.varargsOf(LuaValue.valueOf(value), LuaValue.ZERO);
        }
        // a subnormal number has no exponent of its own
        int scale = Math.abs(value) < Double.MIN_NORMAL ? 54 : 0;
        int exponent = Math.getExponent(Math.scalb(value, scale)) + 1 - scale;
        return LuaValue.varargsOf(LuaValue.valueOf(ldexp(value, -exponent)), LuaValue.valueOf(exponent));
    }

    private static double ldexp(double value, int exponent) {
        return Math.scalb(Math.scalb(value, exponent / 2), exponent - exponent / 2);
    }

    private static Varargs extreme(Arguments arguments, int sign) {
        double found = arguments.number(1);
        for (int i = 2; i <= arguments.count(); i++) {
            double value = arguments.number(i);
            found = sign * value > sign * found ? value : found;
        }
        return LuaValue.valueOf(found);
    }

    private Varargs random(Arguments arguments) {
        double value = random.nextDouble();
        int low = arguments.count() > 1 ? arguments.small(1) : 1;
        switch (arguments.count()) {
            case 0 -> {
                return LuaValue.valueOf(value);
            }
            case 1, 2 -> {
                int high = arguments.small(arguments.count());
                if (low > high) {
                    throw arguments.bad(arguments.count(), "interval is empty");
                }
                return LuaValue.valueOf(Math.floor(value * ((double) high - low + 1)) + low);
            }
            default -> throw Fault.of("wrong number of arguments");
        }
    }
}
