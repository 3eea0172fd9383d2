package io.mysqlproxy.launcher.it;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** What a script does with what passes; none of them changes anything. */
enum Hook {
    NONE(""),
    LUA_LOOKS("looks"),
    LUA_QUEUES("queues"),
    LUA_HOLDS("holds"),
    PYTHON_LOOKS("looks"),
    PYTHON_QUEUES("queues"),
    PYTHON_HOLDS("holds");

    /** The name of its script, in either language. */
    final String script;

    Hook(String script) {
        this.script = script;
    }

    boolean isPython() {
        return name().startsWith("PYTHON");
    }

    /** A script among the test resources. */
    static Path file(String name) {
        try {
            return Path.of(Hook.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
