package io.mysqlproxy.launcher.option;

import io.mysqlproxy.script.ScriptScope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of the admin plugin. */
public final class AdminOptions implements PluginOptions {
    /** There is one admin plugin. */
    public static final AdminOptions ADMIN = new AdminOptions();

    public final Setting<String> address = Setting.of(
            "admin-address",
            Kind.TEXT,
            "127.0.0.1:4041",
            "<host:port>",
            "Where administrators connect; a path is a unix socket");
    public final Setting<String> username =
            Setting.of("admin-username", Kind.TEXT, null, "<string>", "Who may log in; required");
    public final Setting<String> password =
            Setting.of("admin-password", Kind.TEXT, null, "<string>", "The password; required, and not empty");
    public final Setting<Path> script = Setting.of(
            "admin-lua-script",
            Kind.FILE,
            null,
            "<filename>",
            "The script that answers administrators (default: the built-in one)");
    public final Setting<ScriptScope> scope = Setting.of(
            "admin-lua-scope",
            Kind.oneOf(scopes()),
            null,
            "(execution|connection)",
            "How long the script's own variables live (default: what the script asks for, else execution)");

    private AdminOptions() {}

    @Override
    public String plugin() {
        return "admin";
    }

    @Override
    public OptionGroup group() {
        return new OptionGroup("admin-module", List.of(address, username, password, script, scope));
    }

    private static Map<String, ScriptScope> scopes() {
        Map<String, ScriptScope> scopes = new LinkedHashMap<>();
        scopes.put("execution", ScriptScope.EXECUTION);
        scopes.put("connection", ScriptScope.CONNECTION);
        return scopes;
    }
}
