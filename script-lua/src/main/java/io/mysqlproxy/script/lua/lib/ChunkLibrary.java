package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Failures;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.call.Frames;
import io.mysqlproxy.script.lua.call.ImplicitArg;
import io.mysqlproxy.script.lua.call.SyntaxErrors;
import io.mysqlproxy.script.lua.file.SystemErrors;
import io.mysqlproxy.script.lua.text.Latin1;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;

/** {@code loadstring}, {@code load}, {@code loadfile} and {@code dofile}: text only, with the shared globals. */
public final class ChunkLibrary {
    private static final byte BINARY = 0x1b;

    private ChunkLibrary() {}

    static void open(Globals globals, EnvironmentLibrary environments) {
        Builtin.add(globals, "loadstring", a -> {
            LuaString text = a.string(1);
            LuaString name = a.string(2, text);
            return orMessage(() -> closure(Latin1.bytes(text), name, environments));
        });
        Builtin.add(globals, "load", a -> {
            LuaFunction reader = a.function(1);
            LuaString name = a.string(2, LuaValue.valueOf("=(load)"));
            return orMessage(() -> closure(pieces(reader), name, environments));
        });
        Builtin.add(globals, "loadfile", a -> {
            LuaString name = a.string(1, null);
            return orMessage(() -> file(environments.current(), name));
        });
        Builtin.add(
                globals,
                "dofile",
                a -> file(environments.current(), a.string(1, null)).invoke());
    }

    /** Compiles a text; the error of a bad one has its position already. */
    public static Prototype compile(byte[] text, LuaString chunk) {
        if (text.length > 0 && text[0] == BINARY) {
            throw new Fault(LuaValue.valueOf("attempt to load a binary chunk"), 0);
        }
        SyntaxErrors.chunk(chunk);
        try {
            Prototype compiled = LuaC.instance.compile(new ByteArrayInputStream(text), "=");
            name(compiled, chunk);
            ImplicitArg.correct(compiled);
            return compiled;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (StackOverflowError e) {
            throw new Fault(LuaValue.valueOf("chunk has too many syntax levels"), 0);
        } finally {
            SyntaxErrors.chunk(null);
        }
    }

    /** LuaJ itself takes no name that is not a Java string. */
    private static void name(Prototype prototype, LuaString chunk) {
        prototype.source = chunk;
        for (Prototype inner : prototype.p) {
            name(inner, chunk);
        }
    }

    /** Compiles a file, or what can be read from the process's input, as a chunk of its own. */
    static LuaFunction file(LuaTable environment, LuaString name) {
        if (name == null) {
            return new LuaClosure(compile(withoutFirstComment(input()), LuaValue.valueOf("=stdin")), environment);
        }
        String path = SystemErrors.path(name);
        try {
            byte[] text = withoutFirstComment(Files.readAllBytes(Path.of(path)));
            return new LuaClosure(
                    compile(text, (LuaString) LuaValue.valueOf("@").concat(name)), environment);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw unreadable("open", name, e);
        } catch (IOException e) {
            throw unreadable("read", name, e);
        }
    }

    private static Fault unreadable(String what, LuaString name, IOException failure) {
        String text = "cannot " + what + " " + Latin1.text(name) + ": " + SystemErrors.text(failure);
        return new Fault(Latin1.string(text), 0);
    }

    private static byte[] input() {
        try {
            return System.in.readAllBytes();
        } catch (IOException e) {
            throw new Fault(LuaValue.valueOf("cannot read stdin: " + SystemErrors.text(e)), 0);
        }
    }

    /** A first line that begins with {@code #} is for the shell; its end stays, for the line numbers. */
    private static byte[] withoutFirstComment(byte[] text) {
        int start = 0;
        while (text.length > 0 && text[0] == '#' && start < text.length && text[start] != '\n') {
            start++;
        }
        return Arrays.copyOfRange(text, start, text.length);
    }

    private static LuaClosure closure(byte[] text, LuaString name, EnvironmentLibrary environments) {
        return new LuaClosure(compile(text, name), environments.current());
    }

    private static Varargs orMessage(Supplier<LuaFunction> chunk) {
        try {
            return chunk.get();
        } catch (LuaError e) {
            return LuaValue.varargsOf(
                    LuaValue.NIL, Failures.value(Frames.current().raised(e)));
        }
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
