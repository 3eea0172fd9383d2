package io.mysqlproxy.launcher;

import io.mysqlproxy.launcher.option.ProxyOptions;
import io.mysqlproxy.launcher.option.Setting;
import io.mysqlproxy.launcher.option.Settings;
import java.nio.file.Path;
import java.util.Map;

/** What the options say to the script engines, by the names that these know. */
final class EngineProperties {
    private EngineProperties() {}

    static Map<String, String> of(Settings settings, Path basedir, Map<String, String> environment) {
        LuaPaths lua = LuaPaths.of(settings, basedir, environment);
        return Map.of(
                "lua.path", lua.path(),
                "lua.cpath", lua.cpath(),
                "lua.timeout-ms", milliseconds(settings, ProxyOptions.LUA.scriptTimeout),
                "python.timeout-ms", milliseconds(settings, ProxyOptions.PYTHON.scriptTimeout));
    }

    /** As for the other times of a proxy, a negative one means the default; the shortest is a millisecond. */
    private static String milliseconds(Settings settings, Setting<Double> setting) {
        double seconds = settings.get(setting);
        long milliseconds = (long) Math.ceil(Math.max(0, seconds) * 1000);
        return Long.toString(Math.min(milliseconds, Integer.MAX_VALUE));
    }
}
