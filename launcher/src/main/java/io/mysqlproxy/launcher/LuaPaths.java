package io.mysqlproxy.launcher;

import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.Setting;
import io.mysqlproxy.launcher.option.Settings;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where Lua's {@code require} looks.
 *
 * @param path for Lua files
 * @param cpath for native modules: never loaded, but scripts may read it
 */
record LuaPaths(String path, String cpath) {
    /** What {@code ;;} stands for in the environment: the directories of a stock Lua 5.1 on Linux. */
    private static final String STOCK_PATH =
            "./?.lua;/usr/local/share/lua/5.1/?.lua;/usr/local/share/lua/5.1/?/init.lua;"
                    + "/usr/share/lua/5.1/?.lua;/usr/share/lua/5.1/?/init.lua";

    private static final String STOCK_CPATH = "./?.so;/usr/local/lib/lua/5.1/?.so;/usr/lib/lua/5.1/?.so";

    /** Options beat the environment, which beats the directory of the installation. */
    static LuaPaths of(Settings settings, Path basedir, Map<String, String> environment) {
        String own = basedir.resolve("lib/mysql-proxy/lua") + "/?";
        return new LuaPaths(
                choose(settings, ChassisOptions.LUA_PATH, environment.get("LUA_PATH"), own + ".lua", STOCK_PATH),
                choose(settings, ChassisOptions.LUA_CPATH, environment.get("LUA_CPATH"), own + ".so", STOCK_CPATH));
    }

    private static String choose(Settings settings, Setting<String> option, String variable, String own, String stock) {
        String fromOutside = settings.find(option).orElse(variable);
        return fromOutside == null ? own : expand(fromOutside, stock);
    }

    private static String expand(String path, String stock) {
        String marked = path.replace(";;", ";" + stock + ";");
        return path.contains(";;") ? marked.replaceAll("^;|;$", "") : path;
    }
}
