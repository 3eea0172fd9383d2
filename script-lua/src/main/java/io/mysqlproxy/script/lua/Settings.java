package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.lua.lib.LibraryPaths;

/** What the user said about Lua: {@code lua.path} and {@code lua.cpath}, else the environment, else what is shipped. */
final class Settings {
    private Settings() {}

    static LibraryPaths paths(RealmSettings settings) {
        return new LibraryPaths(
                value(settings, "lua.path", "LUA_PATH", "?.lua"), value(settings, "lua.cpath", "LUA_CPATH", "?.so"));
    }

    /** {@code lua.timeout-ms}: how long a script may run without a break. */
    static int timeout(RealmSettings settings) {
        String given = settings.properties().getOrDefault("lua.timeout-ms", "0");
        try {
            return Math.max(0, Integer.parseInt(given.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("lua.timeout-ms is not a number of milliseconds: " + given, e);
        }
    }

    private static String value(RealmSettings settings, String property, String variable, String file) {
        String given = settings.properties().get(property);
        String found = given == null ? System.getenv(variable) : given;
        return found == null ? settings.basedir() + "/lib/mysql-proxy/lua/" + file : found;
    }
}
