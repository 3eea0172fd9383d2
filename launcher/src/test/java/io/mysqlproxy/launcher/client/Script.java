package io.mysqlproxy.launcher.client;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** What scripts do between client and server; to the client nothing shows. */
enum Script {
    NONE(""),
    PASSES("../it/looks"),
    INJECTS("injects"),
    REPLACES("replaces");

    private final String file;

    Script(String file) {
        this.file = file;
    }

    /** In Lua; null for none. */
    Path lua() {
        return file(".lua");
    }

    /** In Python; null for none. */
    Path python() {
        return file(".py");
    }

    private Path file(String suffix) {
        try {
            return file.isEmpty()
                    ? null
                    : Path.of(Script.class.getResource(file + suffix).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
