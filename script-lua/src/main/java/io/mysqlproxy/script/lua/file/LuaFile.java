package io.mysqlproxy.script.lua.file;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.Latin1;
import java.io.IOException;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A file as scripts hold it. */
final class LuaFile extends LuaUserdata {
    private ByteStream stream;

    LuaFile(ByteStream stream, LuaTable metatable) {
        super(stream, metatable);
        this.stream = stream;
    }

    boolean isClosed() {
        return stream == null;
    }

    /** The methods of files. */
    static LuaTable metatable() {
        LuaTable methods = new LuaTable();
        methods.rawset(LuaValue.INDEX, methods);
        Builtin.add(methods, "close", a -> checked(a).close());
        Builtin.add(methods, "flush", a -> checked(a).flush());
        Builtin.add(methods, "lines", a -> checked(a).lines(false));
        Builtin.add(methods, "read", a -> checked(a).read(a, 2));
        Builtin.add(methods, "seek", a -> checked(a).seek(a));
        Builtin.add(methods, "setvbuf", a -> {
            checked(a);
            a.option(2, null, "no", "full", "line");
            return LuaValue.TRUE;
        });
        Builtin.add(methods, "write", a -> checked(a).write(a, 2));
        Builtin.add(methods, "__tostring", a -> Latin1.string(any(a).tojstring()));
        return methods;
    }

    /** The first argument, if it is a file. */
    static LuaFile any(Arguments arguments) {
        if (arguments.get(1) instanceof LuaFile file) {
            return file;
        }
        throw arguments.wrongType(1, "FILE*");
    }

    /** The first argument, if it is an open file. */
    static LuaFile checked(Arguments arguments) {
        LuaFile file = any(arguments);
        if (file.isClosed()) {
            throw Fault.of("attempt to use a closed file");
        }
        return file;
    }

    Varargs close() {
        if (!stream.isClosable()) {
            return LuaValue.varargsOf(LuaValue.NIL, Latin1.string("cannot close standard file"));
        }
        try {
            stream.close();
            return LuaValue.TRUE;
        } catch (IOException e) {
            return SystemErrors.results(e);
        } finally {
            stream = null;
        }
    }

    void changeLock(FileLocks.Change change, long start, long length) throws IOException {
        stream.changeLock(change, start, length);
    }

    Varargs flush() {
        try {
            stream.flush();
            return LuaValue.TRUE;
        } catch (IOException e) {
            return SystemErrors.results(e);
        }
    }

    /** @param close whether the file is closed at its end */
    LuaValue lines(boolean close) {
        return new Builtin("lines", none -> {
            if (isClosed()) {
                throw Fault.of("file is already closed");
            }
            try {
                LuaValue line = ReadFormats.line(stream);
                if (line.isnil() && close) {
                    close();
                }
                return line.isnil() ? LuaValue.NONE : line;
            } catch (IOException e) {
                throw Fault.of(SystemErrors.text(e));
            }
        });
    }

    Varargs read(Arguments arguments, int first) {
        try {
            return ReadFormats.read(stream, arguments, first);
        } catch (IOException e) {
            return SystemErrors.results(e);
        }
    }

    Varargs write(Arguments arguments, int first) {
        try {
            for (int i = first; i <= arguments.count(); i++) {
                LuaString text = arguments.string(i);
                stream.write(text.m_bytes, text.m_offset, text.m_length);
            }
            return LuaValue.TRUE;
        } catch (IOException e) {
            return SystemErrors.results(e);
        }
    }

    private Varargs seek(Arguments arguments) {
        String from = arguments.option(2, "cur", "set", "cur", "end");
        long offset = arguments.integer(3, 0);
        try {
            long base = from.equals("set") ? 0 : from.equals("cur") ? stream.position() : stream.size();
            stream.seek(base + offset);
            return LuaValue.valueOf((double) stream.position());
        } catch (IOException e) {
            return SystemErrors.results(e);
        }
    }

    @Override
    public String tojstring() {
        return isClosed() ? "file (closed)" : String.format("file (0x%08x)", System.identityHashCode(this));
    }
}
