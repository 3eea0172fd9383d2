package io.mysqlproxy.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/** What this is, and what it is made of. */
final class Version {
    private static final Properties VERSIONS = load();

    /** The product's name. */
    static String product() {
        return VERSIONS.getProperty("product");
    }

    /** The product's version, which is also that of every plugin. */
    static String number() {
        return VERSIONS.getProperty("version");
    }

    /** The text of {@code --version}. */
    static String text(LuaPaths lua, List<String> plugins) {
        StringBuilder text = new StringBuilder(libraries(lua));
        text.append("-- modules\n");
        plugins.forEach(plugin -> line(text, plugin, number()));
        return text.toString();
    }

    /** Its first part, which does not depend on plugins. */
    static String libraries(LuaPaths lua) {
        StringBuilder text =
                new StringBuilder(product()).append(' ').append(number()).append('\n');
        line(text, "java", System.getProperty("java.version"));
        line(text, "netty", VERSIONS.getProperty("netty"));
        line(text, "luaj", VERSIONS.getProperty("luaj"));
        line(text, "jython", VERSIONS.getProperty("jython"));
        line(text, "LUA", "Lua 5.1");
        line(text, "  package.path", lua.path());
        line(text, "  package.cpath", lua.cpath());
        return text.toString();
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append("  ").append(what).append(": ").append(value).append('\n');
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private Version() {}
}
