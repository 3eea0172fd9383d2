package io.mysqlproxy.script.lua.host;

import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.lua.call.Fault;
import java.util.Iterator;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** Things that come one after the other, as the function that {@code for row in rows do} calls. */
final class LuaIterator extends VarArgFunction {
    private final LuaType type;
    private final Object target;
    private Iterator<?> iterator;

    LuaIterator(LuaType type, Object target) {
        this.type = type;
        this.target = target;
    }

    @Override
    public Varargs invoke(Varargs ignored) {
        try {
            if (iterator == null) {
                iterator = type.type().each().apply(target);
            }
            return iterator.hasNext() ? type.values().toLua(iterator.next()) : LuaValue.NONE;
        } catch (HostException e) {
            throw Fault.of(e.getMessage());
        }
    }
}
