package io.mysqlproxy.script.lua.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.CoroutineLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseBaseLib;
import org.luaj.vm2.lib.jse.JseIoLib;
import org.luaj.vm2.lib.jse.JseMathLib;
import org.luaj.vm2.lib.jse.JseOsLib;

/** All libraries of one interpreter: LuaJ's, and ours over them. */
public final class StandardLibrary {
    private StandardLibrary() {}

    /** Fills fresh globals. No {@code luajava}, no binary chunks, no search for Java classes. */
    public static void open(Globals globals, LibraryPaths paths) {
        openPublished(globals);
        BaseLibrary.open(globals);
        ProtectedCalls.open(globals);
        ChunkLibrary.open(globals);
        StringLibrary.open(globals);
        TableLibrary.open(globals);
        OsLibrary.open(globals);
        CoroutineLibrary.open(globals);
        EnvironmentLibrary environments = EnvironmentLibrary.open(globals);
        PackageLibrary.open(globals, environments, paths);
        DebugLibrary.open(globals, environments);
        globals.rawset("_G", globals);
        globals.get("package").get("loaded").set("debug", globals.get("debug"));
    }

    private static void openPublished(Globals globals) {
        globals.load(new JseBaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        globals.load(new StringLib());
        globals.load(new CoroutineLib());
        globals.load(new JseMathLib());
        globals.load(new JseIoLib());
        globals.load(new JseOsLib());
        LuaC.install(globals);
        globals.undumper = null;
    }
}
