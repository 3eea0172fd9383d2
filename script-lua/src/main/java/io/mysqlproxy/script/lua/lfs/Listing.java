package io.mysqlproxy.script.lua.lfs;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.Stream;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The entries of a directory, one at each call; nil once behind the last. Read at once, so nothing stays open. */
final class Listing {
    private final Queue<String> names = new ArrayDeque<>();
    private boolean ended;

    Listing(Path directory) throws IOException {
        names.add(".");
        names.add("..");
        try (Stream<Path> entries = Files.list(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
    }

    Varargs next(Arguments ignored) {
        if (ended) {
            throw Fault.of("bad argument #1 to '?' (closed directory)");
        }
        ended = names.isEmpty();
        return ended ? LuaValue.NIL : FileSystemModule.string(names.remove());
    }
}
