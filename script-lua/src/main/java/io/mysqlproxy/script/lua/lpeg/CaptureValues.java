package io.mysqlproxy.script.lua.lpeg;

import io.mysqlproxy.script.lua.call.Fault;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What the captures of one match are worth. */
final class CaptureValues {
    private final LuaString subject;
    private final Varargs extra;

    CaptureValues(LuaString subject, Varargs extra) {
        this.subject = subject;
        this.extra = extra;
    }

    /** The values of captures that stand side by side. */
    List<LuaValue> all(List<Capture> captures) {
        List<LuaValue> values = new ArrayList<>();
        for (int i = 0; i < captures.size(); i++) {
            add(captures, i, values);
        }
        return values;
    }

    private void add(List<Capture> captures, int index, List<LuaValue> values) {
        Capture capture = captures.get(index);
        Varargs datum = capture.datum();
        switch (capture.kind()) {
            case TEXT -> {
                values.add(text(capture));
                values.addAll(all(capture.inner()));
            }
            case POSITION -> values.add(LuaValue.valueOf(capture.start() + 1));
            case CONSTANT -> addAll(datum, values);
            case ARGUMENT -> values.add(argument(datum.arg1().toint()));
            case TABLE -> values.add(LuaTable.listOf(all(capture.inner()).toArray(LuaValue[]::new)));
            case FORMAT -> values.add(format(capture));
            case LOOKUP -> {
                LuaValue found = datum.arg1().get(orText(capture).get(0));
                if (!found.isnil()) {
                    values.add(found);
                }
            }
            case CALL -> addAll(datum.arg1().invoke(varargs(orText(capture))), values);
            case SUBSTITUTION -> values.add(substitute(capture));
            case ACCUMULATION -> values.add(accumulate(capture.inner()));
            case BACK -> add(captures, earlier(index, datum.arg1().toint()), values);
        }
    }

    private LuaString text(Capture capture) {
        return subject.substring(capture.start(), capture.end());
    }

    /** The values within, or the whole match where nothing is captured. */
    private List<LuaValue> orText(Capture capture) {
        List<LuaValue> values = all(capture.inner());
        return values.isEmpty() ? List.of(text(capture)) : values;
    }

    private LuaValue argument(int number) {
        if (number < 1 || number > extra.narg()) {
            throw Fault.of("absent extra argument #" + number);
        }
        return extra.arg(number);
    }

    private static int earlier(int index, int distance) {
        if (distance < 1 || distance > index) {
            throw Fault.of("back capture " + distance + " not found");
        }
        return index - distance;
    }

    private LuaValue format(Capture capture) {
        LuaString form = capture.datum().arg1().checkstring();
        List<LuaValue> values = orText(capture);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < form.m_length; i++) {
            int b = form.luaByte(i);
            if (b != '%' || i + 1 == form.m_length) {
                out.write(b);
                continue;
            }
            int mark = form.luaByte(++i);
            if (mark >= '0' && mark <= '9') {
                write(out, mark == '0' ? text(capture) : numbered(values, mark - '0'));
            } else {
                out.write(mark);
            }
        }
        return LuaString.valueUsing(out.toByteArray());
    }

    private static LuaValue numbered(List<LuaValue> values, int number) {
        if (number > values.size()) {
            throw Fault.of("invalid capture index (" + number + ")");
        }
        return values.get(number - 1);
    }

    private LuaValue substitute(Capture capture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = capture.start();
        for (int i = 0; i < capture.inner().size(); i++) {
            Capture inner = capture.inner().get(i);
            List<LuaValue> values = new ArrayList<>();
            add(capture.inner(), i, values);
            write(out, subject.substring(at, inner.start()));
            write(out, values.isEmpty() ? text(inner) : values.get(0));
            at = inner.end();
        }
        write(out, subject.substring(at, capture.end()));
        return LuaString.valueUsing(out.toByteArray());
    }

    private LuaValue accumulate(List<Capture> captures) {
        List<LuaValue> first = captures.isEmpty() ? List.of() : all(captures.subList(0, 1));
        if (first.isEmpty()) {
            throw Fault.of("no initial value for accumulator capture");
        }
        LuaValue value = first.get(0);
        for (Capture each : captures.subList(1, captures.size())) {
            if (each.kind() != Capture.Kind.CALL) {
                throw Fault.of("invalid (non function) capture inside accumulator capture");
            }
            Varargs arguments = LuaValue.varargsOf(value, varargs(orText(each)));
            value = each.datum().arg1().invoke(arguments).arg1();
        }
        return value;
    }

    private static void write(ByteArrayOutputStream out, LuaValue value) {
        if (!value.isstring()) {
            throw Fault.of("invalid replacement value (a " + value.typename() + ")");
        }
        LuaString text = value.strvalue();
        out.write(text.m_bytes, text.m_offset, text.m_length);
    }

    private static void addAll(Varargs from, List<LuaValue> values) {
        for (int i = 1; i <= from.narg(); i++) {
            values.add(from.arg(i));
        }
    }

    static Varargs varargs(List<LuaValue> values) {
        return LuaValue.varargsOf(values.toArray(LuaValue[]::new));
    }
}
