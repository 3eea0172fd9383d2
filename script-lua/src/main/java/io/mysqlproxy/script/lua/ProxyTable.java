package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Member;
import io.mysqlproxy.script.lua.LuaContext.StoreEntry;
import io.mysqlproxy.script.lua.host.LuaType;
import io.mysqlproxy.script.lua.host.LuaValues;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * {@code _G.proxy}: constants and stores for the whole process; everything else through a metatable that points at the
 * connection whose hook runs.
 */
final class ProxyTable {
    private static final StoreEntry[] NO_ENTRIES = {};

    private final LuaValues values;
    private final LuaTable table = new LuaTable();
    private final LuaTable metatable = new LuaTable();
    private LuaContext current;

    ProxyTable(LuaValues values, HostObject globals) {
        this.values = values;
        for (Member member : visible(globals.type())) {
            if (member instanceof Member.Constant || member instanceof Member.Store) {
                table.rawset(name(member), values.type(globals.type()).bound(member, globals.target()));
            }
        }
        table.setmetatable(metatable);
    }

    LuaTable table() {
        return table;
    }

    /** The table of a new connection; its declared entries of the stores are set, whatever scripts put there. */
    LuaContext newContext(HostObject connection) {
        LuaTable own = new LuaTable();
        List<StoreEntry> entries = new ArrayList<>();
        for (Member member : visible(connection.type())) {
            if (member instanceof Member.Store store) {
                addEntries(store, connection, entries);
            } else if (!(member instanceof Member.Constant)) {
                own.rawset(name(member), values.type(connection.type()).bound(member, connection.target()));
            }
        }
        for (StoreEntry entry : entries) {
            entry.store().rawset(entry.name(), entry.value());
        }
        current = null;
        return new LuaContext(own, entries.toArray(NO_ENTRIES));
    }

    /** Before every body run and hook call. */
    void pointAt(LuaContext context) {
        metatable.rawset(LuaValue.INDEX, context.table());
        metatable.rawset(LuaValue.NEWINDEX, context.table());
        if (current != context) {
            exchange(context);
            current = context;
        }
    }

    /** A script may have put something else into a store; that stays until the next connection starts. */
    private void exchange(LuaContext context) {
        for (StoreEntry entry : context.entries()) {
            if (values.isHost(entry.store().rawget(entry.name()))) {
                entry.store().rawset(entry.name(), entry.value());
            }
        }
    }

    private void addEntries(Member.Store store, HostObject connection, List<StoreEntry> entries) {
        if (table.rawget(name(store)) instanceof LuaTable shared) {
            for (Member member : visible(store.content())) {
                if (member instanceof Member.Property) {
                    LuaValue value = values.type(store.content()).bound(member, connection.target());
                    entries.add(new StoreEntry(shared, name(member), value));
                }
            }
        }
    }

    private static List<Member> visible(HostType<?> type) {
        return type.members().stream()
                .filter(member -> member.visibleTo(LuaType.LANGUAGE))
                .toList();
    }

    private static LuaString name(Member member) {
        return LuaValue.valueOf(member.name());
    }
}
