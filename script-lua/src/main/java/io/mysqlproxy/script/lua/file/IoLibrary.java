package io.mysqlproxy.script.lua.file;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.Latin1;
import java.io.File;
import java.io.IOException;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code io}. */
public final class IoLibrary {
    private static final LuaString READ = LuaValue.valueOf("r");
    private static final LuaString WRITE = LuaValue.valueOf("w");

    private final LuaTable metatable = LuaFile.metatable();
    private final LuaFile in;
    private final LuaFile out;
    private final LuaFile err;
    private LuaFile input;
    private LuaFile output;

    private IoLibrary(Globals globals) {
        in = new LuaFile(Pipe.standard(globals.STDIN == null ? System.in : globals.STDIN, null), metatable);
        out = new LuaFile(Pipe.standard(null, globals.STDOUT), metatable);
        err = new LuaFile(Pipe.standard(null, globals.STDERR), metatable);
        input = in;
        output = out;
    }

    /** The table of the library. */
    public static LuaTable table(Globals globals) {
        IoLibrary library = new IoLibrary(globals);
        LuaTable io = new LuaTable();
        io.rawset("stdin", library.in);
        io.rawset("stdout", library.out);
        io.rawset("stderr", library.err);
        library.fill(io);
        return io;
    }

    private void fill(LuaTable io) {
        Builtin.add(io, "close", a -> (a.count() == 0 ? open(output, "output") : LuaFile.checked(a)).close());
        Builtin.add(io, "flush", a -> open(output, "output").flush());
        Builtin.add(io, "input", this::input);
        Builtin.add(io, "lines", this::lines);
        Builtin.add(io, "open", this::open);
        Builtin.add(io, "output", this::output);
        Builtin.add(io, "popen", this::popen);
        Builtin.add(io, "read", a -> open(input, "input").read(a, 1));
        Builtin.add(io, "tmpfile", this::tmpfile);
        Builtin.add(io, "type", IoLibrary::type);
        Builtin.add(io, "write", a -> open(output, "output").write(a, 1));
    }

    private static LuaFile open(LuaFile file, String which) {
        if (file.isClosed()) {
            throw Fault.of("standard " + which + " file is closed");
        }
        return file;
    }

    private Varargs open(Arguments arguments) {
        LuaString name = arguments.string(1);
        LuaString mode = arguments.string(2, READ);
        try {
            return file(name, mode);
        } catch (IOException e) {
            return SystemErrors.results(name, e);
        }
    }

    private Varargs popen(Arguments arguments) {
        LuaString command = arguments.string(1);
        LuaString mode = arguments.string(2, READ);
        try {
            boolean read = mode.m_length > 0 && mode.luaByte(0) == 'r';
            return new LuaFile(Pipe.command(SystemErrors.path(command), read), metatable);
        } catch (IOException e) {
            return SystemErrors.results(command, e);
        }
    }

    private Varargs tmpfile(Arguments arguments) {
        try {
            File file = File.createTempFile("lua_", null);
            file.deleteOnExit();
            return new LuaFile(new DiskFile(file, "w+"), metatable);
        } catch (IOException e) {
            return SystemErrors.results(e);
        }
    }

    private Varargs lines(Arguments arguments) {
        return arguments.missing(1)
                ? open(input, "input").lines(false)
                : orBad(arguments, READ).lines(true);
    }

    private Varargs input(Arguments arguments) {
        if (!arguments.missing(1)) {
            input = given(arguments, READ);
        }
        return input;
    }

    private Varargs output(Arguments arguments) {
        if (!arguments.missing(1)) {
            output = given(arguments, WRITE);
        }
        return output;
    }

    private LuaFile given(Arguments arguments, LuaString mode) {
        return arguments.get(1).isstring() ? orBad(arguments, mode) : LuaFile.checked(arguments);
    }

    private LuaFile orBad(Arguments arguments, LuaString mode) {
        LuaString name = arguments.string(1);
        try {
            return file(name, mode);
        } catch (IOException e) {
            throw arguments.bad(1, SystemErrors.path(name) + ": " + SystemErrors.text(e));
        }
    }

    private LuaFile file(LuaString name, LuaString mode) throws IOException {
        return new LuaFile(new DiskFile(new File(SystemErrors.path(name)), Latin1.text(mode)), metatable);
    }

    private static Varargs type(Arguments arguments) {
        if (arguments.any(1) instanceof LuaFile file) {
            return Latin1.string(file.isClosed() ? "closed file" : "file");
        }
        return LuaValue.NIL;
    }
}
