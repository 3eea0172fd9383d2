package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.Latin1;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code package}, {@code require} and {@code module}. */
final class PackageLibrary {
    private static final String DEFAULT_PATH = "./?.lua;/usr/local/share/lua/5.1/?.lua;"
            + "/usr/local/share/lua/5.1/?/init.lua;/usr/local/lib/lua/5.1/?.lua;/usr/local/lib/lua/5.1/?/init.lua";
    private static final String DEFAULT_CPATH = "./?.so;/usr/local/lib/lua/5.1/?.so;/usr/local/lib/lua/5.1/loadall.so";

    private final Globals globals;
    private final EnvironmentLibrary environments;
    private final LuaTable table = new LuaTable();
    private final LuaTable loaded;
    private final LuaTable preload = new LuaTable();
    /** Stands in {@code package.loaded} while a module is being loaded. */
    private final LuaValue loading = new LuaUserdata(new Object());

    private PackageLibrary(Globals globals, EnvironmentLibrary environments, LuaTable loaded) {
        this.globals = globals;
        this.environments = environments;
        this.loaded = loaded;
    }

    /** The table {@code package}; there is no search for Java classes. */
    static LuaTable table(Globals globals, EnvironmentLibrary environments, LuaTable loaded, LibraryPaths paths) {
        PackageLibrary library = new PackageLibrary(globals, environments, loaded);
        library.fill(paths);
        Builtin.add(globals, "require", library::require);
        Builtin.add(globals, "module", library::module);
        return library.table;
    }

    private void fill(LibraryPaths paths) {
        LuaTable loaders = new LuaTable();
        loaders.rawset(1, new Builtin("preload", this::preloaded));
        loaders.rawset(2, new Builtin("lua", this::file));
        table.rawset("loaded", loaded);
        table.rawset("preload", preload);
        table.rawset("loaders", loaders);
        table.rawset("path", Latin1.string(withDefault(paths.path(), DEFAULT_PATH)));
        table.rawset("cpath", Latin1.string(withDefault(paths.cpath(), DEFAULT_CPATH)));
        table.rawset("config", Latin1.string("/\n;\n?\n!\n-"));
        Builtin.add(table, "seeall", this::seeall);
        Builtin.add(
                table,
                "loadlib",
                a -> LuaValue.varargsOf(
                        LuaValue.NIL, Latin1.string("native libraries cannot be loaded"), Latin1.string("absent")));
    }

    private static String withDefault(String path, String otherwise) {
        return path.replace(";;", ";" + otherwise + ";");
    }

    private Varargs require(Arguments arguments) {
        LuaString name = arguments.string(1);
        LuaValue known = loaded.get(name);
        if (known.toboolean()) {
            if (known == loading) {
                throw Fault.of("loop or previous error loading module '" + name.tojstring() + "'");
            }
            return known;
        }
        LuaValue loader = loader(name);
        loaded.set(name, loading);
        LuaValue result = loader.call(name);
        if (!result.isnil()) {
            loaded.set(name, result);
        } else if (loaded.get(name) == loading) {
            loaded.set(name, LuaValue.TRUE);
        }
        return loaded.get(name);
    }

    private LuaValue loader(LuaString name) {
        if (!(table.get("loaders") instanceof LuaTable loaders)) {
            throw Fault.of("'package.loaders' must be a table");
        }
        StringBuilder tried = new StringBuilder("module '" + name.tojstring() + "' not found:");
        for (int i = 1; ; i++) {
            LuaValue searcher = loaders.rawget(i);
            if (searcher.isnil()) {
                throw Fault.of(tried.toString());
            }
            LuaValue found = searcher.call(name);
            if (found.isfunction()) {
                return found;
            }
            tried.append(found.isstring() ? found.tojstring() : "");
        }
    }

    private Varargs preloaded(Arguments arguments) {
        LuaString name = arguments.string(1);
        LuaValue found = preload.get(name);
        return found.isnil() ? text("\n\tno field package.preload['" + name.tojstring() + "']") : found;
    }

    private Varargs file(Arguments arguments) {
        String name = arguments.string(1).tojstring();
        LuaValue path = table.get("path");
        if (!path.isstring()) {
            throw Fault.of("'package.path' must be a string");
        }
        StringBuilder tried = new StringBuilder();
        for (String template : path.tojstring().split(";")) {
            String file = template.replace("?", name.replace('.', '/'));
            if (Files.isReadable(Path.of(file)) && !template.isEmpty()) {
                return load(name, file);
            }
            tried.append(template.isEmpty() ? "" : "\n\tno file '" + file + "'");
        }
        return text(tried.toString());
    }

    private LuaValue load(String name, String file) {
        try {
            return ChunkLibrary.file(environments.current(), text(file));
        } catch (LuaError e) {
            throw Fault.of("error loading module '" + name + "' from file '" + file + "':\n\t" + e.getMessage());
        }
    }

    private Varargs module(Arguments arguments) {
        LuaString name = arguments.string(1);
        LuaValue known = loaded.get(name);
        LuaTable module = known instanceof LuaTable found ? found : global(name);
        loaded.set(name, module);
        if (module.get("_NAME").isnil()) {
            String full = Latin1.text(name);
            module.set("_M", module);
            module.set("_NAME", name);
            module.set("_PACKAGE", Latin1.string(full.substring(0, full.lastIndexOf('.') + 1)));
        }
        environments.set(1, module);
        for (int i = 2; i <= arguments.count(); i++) {
            arguments.get(i).call(module);
        }
        return LuaValue.NONE;
    }

    /** The table that a dotted name stands for in the globals; what is missing on the way is made. */
    private LuaTable global(LuaString name) {
        LuaTable at = globals;
        for (String part : Latin1.text(name).split("\\.", -1)) {
            LuaString key = Latin1.string(part);
            LuaValue next = at.rawget(key);
            if (next.isnil()) {
                next = new LuaTable();
                // with metamethods: below proxy it belongs to the connection
                at.set(key, next);
            }
            if (!(next instanceof LuaTable inner)) {
                throw Fault.of("name conflict for module '" + name.tojstring() + "'");
            }
            at = inner;
        }
        return at;
    }

    private Varargs seeall(Arguments arguments) {
        LuaTable module = arguments.table(1);
        LuaValue metatable = module.getmetatable();
        if (metatable == null) {
            metatable = new LuaTable();
            module.setmetatable(metatable);
        }
        metatable.set(LuaValue.INDEX, globals);
        return LuaValue.NONE;
    }

    private static LuaString text(String text) {
        return LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8));
    }
}
