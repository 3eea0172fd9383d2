package io.mysqlproxy.core.script.module;

import io.mysqlproxy.script.HostObject;
import java.util.Map;

/** What {@link io.mysqlproxy.script.RealmSettings#modules} takes. */
public final class NativeModules {
    /** The modules with no target of their own act on nothing. */
    private static final Object NOTHING = new Object();

    private NativeModules() {}

    /**
     * All modules of one language by their full names.
     *
     * @param language the name of the engine
     * @param shutdown starts the normal end of the process; must return at once, whatever thread calls it
     */
    public static Map<String, HostObject> of(String language, Runnable shutdown) {
        return switch (language) {
            case "lua" ->
                Map.of(
                        "mysql.proto", ProtoModule.LUA.of(NOTHING),
                        "mysql.password", PasswordModule.LUA.of(NOTHING),
                        "mysql.tokenizer", TokenizerModule.LUA.of(NOTHING),
                        "chassis", ChassisModule.LUA.of(shutdown),
                        "glib2", GlibModule.LUA.of(NOTHING),
                        "posix", PosixModule.LUA.of(NOTHING));
            case "python" ->
                Map.of(
                        "mysql.proto", ProtoModule.PYTHON.of(NOTHING),
                        "mysql.password", PasswordModule.PYTHON.of(NOTHING),
                        "mysql.tokenizer", TokenizerModule.PYTHON.of(NOTHING),
                        "chassis", ChassisModule.PYTHON.of(shutdown),
                        "glib2", GlibModule.PYTHON.of(NOTHING));
            default -> Map.of();
        };
    }
}
