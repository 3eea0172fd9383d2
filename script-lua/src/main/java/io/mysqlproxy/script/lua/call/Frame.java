package io.mysqlproxy.script.lua.call;

import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** One running function. The objects are used again for later calls at the same depth. */
public final class Frame {
    /** To save the substituted interpreter loop a second local variable. */
    public final Frames frames;
    /** The instruction that a Lua function is at. */
    public int pc;

    LuaFunction function;
    LuaValue[] stack;
    /** How many callers have given up their place to this function by {@code return f()}. */
    int tailCalls;

    Frame(Frames frames) {
        this.frames = frames;
    }

    /** The function that runs. */
    public LuaFunction function() {
        return function;
    }

    /** Whether it is a function of a script. */
    public boolean isLua() {
        return function instanceof LuaClosure;
    }

    /** The line that a Lua function is at, or -1. */
    public int line() {
        return function instanceof LuaClosure closure ? Positions.line(closure.p, pc) : -1;
    }

    /** {@code chunk:line: }, or nothing for a function that is not of a script. */
    LuaString where() {
        return function instanceof LuaClosure closure ? Positions.where(closure.p, pc) : LuaValue.EMPTYSTRING;
    }

    /** How a Lua function names the function that it is calling; null if it calls none by name. */
    Variable callee() {
        return function instanceof LuaClosure closure ? Variable.called(closure, pc) : null;
    }

    /** The name of a local variable that is in scope, counted from 1; null if there is none. */
    public LuaString localName(int index) {
        return function instanceof LuaClosure closure && index > 0 ? closure.p.getlocalname(index, pc) : null;
    }

    /** The value of a local variable that {@link #localName} knows. */
    public LuaValue local(int index) {
        return stack[index - 1];
    }

    /** Another value for a local variable that {@link #localName} knows. */
    public void setLocal(int index, LuaValue value) {
        stack[index - 1] = value;
    }

    void forget() {
        function = null;
        stack = null;
    }
}
