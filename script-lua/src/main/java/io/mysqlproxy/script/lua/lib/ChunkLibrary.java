package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Failures;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.Latin1;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;

/** {@code loadstring}, {@code load}, {@code loadfile} and {@code dofile}: text only, with the shared globals. */
public final class ChunkLibrary {
    private static final byte BINARY = 0x1b;

    private ChunkLibrary() {}

    static void open(Globals globals) {
        Builtin.add(globals, "loadstring", a -> {
            LuaString text = a.string(1);
            return orMessage(globals, Latin1.bytes(text), a.missing(2) ? text : a.string(2));
        });
        Builtin.add(globals, "load", a -> {
            LuaString name = a.missing(2) ? LuaValue.valueOf("=(load)") : a.string(2);
            return orMessage(globals, pieces(a.function(1)), name);
        });
        Builtin.add(globals, "loadfile", a -> {
            try {
                return file(globals, a.string(1));
            } catch (Fault e) {
                return failed(e);
            }
        });
        Builtin.add(globals, "dofile", a -> file(globals, a.string(1)).invoke());
    }

    /** Compiles a text; the error of a bad one has its position already. */
    public static Prototype compile(byte[] text, String chunk) {
        if (text.length > 0 && text[0] == BINARY) {
            throw new Fault(LuaValue.valueOf("attempt to load a binary chunk"), 0);
        }
        try {
            return LuaC.instance.compile(new ByteArrayInputStream(text), chunk);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (StackOverflowError e) {
            throw new Fault(LuaValue.valueOf("chunk has too many syntax levels"), 0);
        }
    }

    /** Compiles a file as a chunk of its own. */
    static LuaFunction file(Globals globals, LuaString name) {
        String path = new String(Latin1.bytes(name), StandardCharsets.UTF_8);
        byte[] text;
        try {
            text = Files.readAllBytes(Path.of(path));
        } catch (NoSuchFileException e) {
            throw new Fault(LuaValue.valueOf("cannot open " + path + ": No such file or directory"), 0);
        } catch (IOException e) {
            throw new Fault(LuaValue.valueOf("cannot read " + path + ": " + e.getMessage()), 0);
        }
        return new LuaClosure(compile(text, "@" + path), globals);
    }

    private static Varargs orMessage(Globals globals, byte[] text, LuaString name) {
        try {
            return new LuaClosure(compile(text, new String(Latin1.bytes(name), StandardCharsets.UTF_8)), globals);
        } catch (LuaError e) {
            return failed(e);
        }
    }

    private static Varargs failed(LuaError e) {
        return LuaValue.varargsOf(LuaValue.NIL, Failures.value(e));
    }

    private static byte[] pieces(LuaFunction reader) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            LuaValue piece = reader.call();
            if (piece.isnil() || piece.isstring() && piece.strvalue().length() == 0) {
                return text.toByteArray();
            }
            if (!piece.isstring()) {
                throw Fault.of("reader function must return a string");
            }
            text.writeBytes(Latin1.bytes(piece.strvalue()));
        }
    }
}
