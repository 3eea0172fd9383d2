package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptRef;
import io.mysqlproxy.script.lua.host.LuaRef;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** What is kept for one connection: the table behind {@code proxy}, and its own entries of the shared stores. */
final class LuaContext implements ScriptContext {
    private static final LuaString RESPONSE = LuaValue.valueOf("response");

    private final LuaTable table;
    private final StoreEntry[] entries;

    LuaContext(LuaTable table, StoreEntry[] entries) {
        this.table = table;
        this.entries = entries;
    }

    /** {@code P}: attributes of {@code proxy} that belong to this connection. */
    LuaTable table() {
        return table;
    }

    /** Entries of {@code proxy.global} that speak of this connection's plugin. */
    StoreEntry[] entries() {
        return entries;
    }

    @Override
    public ScriptRef response() {
        return table.rawget(RESPONSE) instanceof LuaTable response ? new LuaRef(response) : null;
    }

    @Override
    public void clearResponse() {
        table.rawset(RESPONSE, new LuaTable());
    }

    /**
     * A declared entry of a store.
     *
     * @param store the table in {@code _G.proxy}
     * @param name the key
     * @param value what belongs there while this connection's hook runs
     */
    record StoreEntry(LuaTable store, LuaString name, LuaValue value) {}
}
