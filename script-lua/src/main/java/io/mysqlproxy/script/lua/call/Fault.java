package io.mysqlproxy.script.lua.call;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/**
 * An error raised on purpose, by {@code error} or by a library function.
 *
 * <p>Unlike LuaJ's own it keeps a text as bytes, knows at which level its position is wanted, and fills in no Java stack.
 */
public final class Fault extends LuaError {
    private static final long serialVersionUID = 1L;

    private transient LuaValue value;
    private int level;

    /**
     * @param value what is raised
     * @param level which function on the way up gives the position: 1 is the first; 0 for none
     */
    public Fault(LuaValue value, int level) {
        super((String) null);
        this.value = value;
        this.level = level;
    }

    /** A fault whose position is that of the calling function. */
    public static Fault of(String text) {
        return new Fault(LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8)), 1);
    }

    /** The fault passes a Lua function on its way up. */
    void passed(Prototype function, int pc) {
        if (level > 0 && --level == 0) {
            value = Positions.where(function, pc).concat(value.strvalue());
        }
    }

    @Override
    public LuaValue getMessageObject() {
        return value;
    }

    @Override
    public String getMessage() {
        return value.isstring() ? Positions.text(value.strvalue()) : value.tojstring();
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
