package io.mysqlproxy.script;

import java.nio.file.Path;
import java.util.Map;

/**
 * What an interpreter is started with.
 *
 * @param basedir the installation's root, absolute; shipped libraries are below it
 * @param globals what {@code proxy} consists of outside any client connection: the declared members of {@code
 *     proxy}, for constants and for the process-wide store
 * @param modules modules written in Java that scripts may import, by full name
 * @param properties settings of one language, {@code lua.path} for example; unknown ones are ignored
 */
public record RealmSettings(
        Path basedir, HostObject globals, Map<String, HostObject> modules, Map<String, String> properties) {
    public RealmSettings {
        modules = Map.copyOf(modules);
        properties = Map.copyOf(properties);
    }
}
