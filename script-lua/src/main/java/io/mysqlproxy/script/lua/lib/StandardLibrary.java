package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.coroutine.CoroutineLibrary;
import io.mysqlproxy.script.lua.file.IoLibrary;
import io.mysqlproxy.script.lua.strings.StringLibrary;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;

/** All libraries of one interpreter. */
public final class StandardLibrary {
    private StandardLibrary() {}

    /** Fills fresh globals. No {@code luajava}, no binary chunks, no search for Java classes. */
    public static void open(Globals globals, LibraryPaths paths) {
        globals.rawset("_G", globals);
        BaseLibrary.open(globals);
        ProtectedCalls.open(globals);
        EnvironmentLibrary environments = EnvironmentLibrary.open(globals);
        ChunkLibrary.open(globals, environments);
        LuaTable loaded = new LuaTable();
        loaded.rawset("_G", globals);
        add(globals, loaded, "string", StringLibrary.table());
        add(globals, loaded, "table", TableLibrary.table());
        add(globals, loaded, "math", MathLibrary.table());
        add(globals, loaded, "os", OsLibrary.table());
        add(globals, loaded, "io", IoLibrary.table(globals));
        add(globals, loaded, "coroutine", CoroutineLibrary.table(globals));
        add(globals, loaded, "debug", DebugLibrary.table(globals, environments));
        add(globals, loaded, "package", PackageLibrary.table(globals, environments, loaded, paths));
    }

    private static void add(Globals globals, LuaTable loaded, String name, LuaTable library) {
        globals.rawset(name, library);
        loaded.rawset(name, library);
    }
}
