package io.mysqlproxy.script.lua.host;

import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member;
import io.mysqlproxy.script.lua.call.Fault;
import java.util.List;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** A declared function: {@code proxy.queries.append}, or one of a module. */
final class LuaMethod extends VarArgFunction {
    private final Member.Method method;
    private final LuaType type;
    private final Object bound;

    /** @param bound the target, or null if it comes as the first argument, before the colon */
    LuaMethod(Member.Method method, LuaType type, Object bound) {
        this.method = method;
        this.type = type;
        this.bound = bound;
        this.name = method.name();
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        Object target = bound == null ? target(arguments.arg1()) : bound;
        Object[] values = values(bound == null ? arguments.subargs(2) : arguments);
        try {
            Object result = method.body().call(target, values);
            return result == null ? LuaValue.NONE : type.values().toLua(result);
        } catch (HostException e) {
            throw Fault.of(e.getMessage());
        }
    }

    private Object target(LuaValue self) {
        if (self instanceof LuaHost host && host.object().type() == type.type()) {
            return host.object().target();
        }
        throw Fault.of("calling '" + name + "' on bad self");
    }

    private Object[] values(Varargs arguments) {
        List<Member.Parameter> parameters = method.parameters();
        Object[] values = new Object[parameters.size() + method.options().size()];
        for (int i = 0; i < parameters.size(); i++) {
            values[i] = parameter(parameters.get(i), arguments, i + 1);
        }
        if (!method.options().isEmpty()) {
            options(arguments.arg(parameters.size() + 1), values);
        }
        return values;
    }

    private Object parameter(Member.Parameter parameter, Varargs arguments, int index) {
        LuaValue value = index > arguments.narg() ? LuaValue.NONE : arguments.arg(index);
        if (value.isnil() && !parameter.required()) {
            return null;
        } else if (parameter.kind() == null) {
            return Arguments.convert(value);
        }
        Object converted = Arguments.convert(parameter.kind(), value);
        if (converted == null) {
            throw Arguments.wrongType(index, name, parameter.kind(), value);
        }
        return converted;
    }

    private void options(LuaValue given, Object[] values) {
        int first = method.parameters().size();
        if (given.isnil()) {
            return;
        }
        if (!(given instanceof LuaTable table)) {
            throw Arguments.wrongType(first + 1, name, Kind.RECORD, given);
        }
        for (int i = 0; i < method.options().size(); i++) {
            Member.Parameter option = method.options().get(i);
            LuaValue value = table.get(option.name());
            values[first + i] = value.isnil() ? null : Arguments.convert(option.kind(), value);
            if (!value.isnil() && values[first + i] == null) {
                throw badOption(first + 1, option);
            }
        }
    }

    /** The {@code %s} is part of the text that scripts know. */
    private Fault badOption(int index, Member.Parameter option) {
        String form = option.name() + " = " + Arguments.typeName(option.kind());
        return Arguments.bad(index, name, ":" + name + "(..., { " + form + " } ), is %s");
    }
}
