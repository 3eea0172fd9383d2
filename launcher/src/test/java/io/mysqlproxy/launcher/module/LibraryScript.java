package io.mysqlproxy.launcher.module;

import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A script of {@code lib/mysql-proxy} as a proxy gets it: itself, or by a script that takes its hooks over. */
record LibraryScript(String name, String how) {
    /** The forms of a script that is there in both languages. */
    static Stream<LibraryScript> both(String name) {
        return Stream.concat(lua(name), Stream.of(new LibraryScript(name, "import")));
    }

    /** The forms of a script of Lua. */
    static Stream<LibraryScript> lua(String name) {
        return Stream.of(new LibraryScript(name, "file"), new LibraryScript(name, "require"));
    }

    boolean isPython() {
        return how.equals("import");
    }

    /** Gives the script to a proxy. */
    TestProxy.Builder into(TestProxy.Builder proxy, Path folder) throws IOException {
        return switch (how) {
            case "file" -> proxy.lua(TestProxy.repository().resolve("lib/mysql-proxy/lua/" + name + ".lua"));
            case "require" -> proxy.lua(Files.writeString(folder.resolve("main.lua"), "require(\"" + name + "\")\n"));
            default ->
                proxy.python(Files.writeString(
                        folder.resolve("main.py"),
                        "import " + module() + "\nglobals().update(" + module() + ".__dict__)\n"));
        };
    }

    /** Where it listens. */
    int port(TestProxy proxy) {
        return isPython() ? proxy.pythonPort() : proxy.port();
    }

    private String module() {
        return name.replace('-', '_');
    }

    @Override
    public String toString() {
        return name + " by " + how;
    }
}
