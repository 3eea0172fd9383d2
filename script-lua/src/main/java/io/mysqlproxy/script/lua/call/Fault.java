package io.mysqlproxy.script.lua.call;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * An error of Lua 5.1: raised by {@code error} or a library function, or what has become of one of LuaJ's own.
 *
 * <p>Unlike those it keeps a text as bytes and fills in no Java stack.
 */
public final class Fault extends LuaError {
    private static final long serialVersionUID = 1L;

    private transient LuaValue value;
    private int level;
    private boolean settled;
    private boolean handled;

    /**
     * @param value what is raised
     * @param level whose position is put before a text: 1 is the function that called the library; 0 for none
     */
    public Fault(LuaValue value, int level) {
        this(value, level, null);
    }

    Fault(LuaValue value, int level, Throwable cause) {
        super((String) null);
        this.value = value;
        this.level = level;
        this.cause = cause;
    }

    /** A fault whose position is that of the calling function. */
    public static Fault of(String text) {
        return of(LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same for a text that may not be UTF-8. */
    public static Fault of(LuaString text) {
        return new Fault(text, 1);
    }

    /** Whether the value is final. */
    boolean isSettled() {
        return settled;
    }

    /** Puts the position before the text, as long as the functions that the level counts are still running. */
    void settle(Frames frames) {
        settled = true;
        Frame top = frames.at(0);
        if (level > 0 && top != null && value.isstring()) {
            // what throws without being noted as running, as a member of proxy does, is called by the one on top
            Frame at = frames.at(top.isLua() ? level - 1 : level);
            if (at != null && at.isLua()) {
                value = at.where().concat(value.strvalue());
            }
        }
    }

    /** Lets {@code xpcall}'s handler see the error where it arose. */
    void handle(LuaValue handler, Frames frames) {
        if (handler == null || handled) {
            return;
        }
        handled = true;
        LuaValue former = frames.exchangeHandler(null);
        try {
            value = handler.call(value);
        } catch (LuaError e) {
            value = LuaValue.valueOf("error in error handling");
        } finally {
            frames.exchangeHandler(former);
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
