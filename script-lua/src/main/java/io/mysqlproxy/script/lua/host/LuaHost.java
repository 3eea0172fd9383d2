package io.mysqlproxy.script.lua.host;

import io.mysqlproxy.script.HostObject;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A look at something of the proxy. Two looks at the same thing are equal, also as table keys. */
final class LuaHost extends LuaUserdata {
    private final LuaType type;
    private final Object target;
    private LuaIterator iterator;

    LuaHost(LuaType type, HostObject object) {
        super(object, type.metatable);
        this.type = type;
        this.target = object.target();
    }

    HostObject object() {
        return (HostObject) m_instance;
    }

    @Override
    public LuaValue get(LuaValue key) {
        return type.get(target, key);
    }

    @Override
    public void set(LuaValue key, LuaValue value) {
        type.set(target, key, value);
    }

    @Override
    public LuaValue len() {
        return type.size(target);
    }

    @Override
    public int length() {
        return type.size(target).toint();
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        if (type.type().each() == null) {
            return super.invoke(arguments);
        }
        if (iterator == null) {
            iterator = new LuaIterator(type, target);
        }
        return iterator.invoke(arguments);
    }

    @Override
    public LuaValue call() {
        return invoke(LuaValue.NONE).arg1();
    }

    @Override
    public LuaValue call(LuaValue first) {
        return invoke(first).arg1();
    }

    @Override
    public LuaValue call(LuaValue first, LuaValue second) {
        return invoke(LuaValue.varargsOf(first, second)).arg1();
    }

    @Override
    public String tojstring() {
        return "userdata: 0x" + Integer.toHexString(hashCode());
    }

    /** Scripts may look at the metatable, but a change of it would be without effect. */
    @Override
    public LuaValue setmetatable(LuaValue metatable) {
        return this;
    }
}
