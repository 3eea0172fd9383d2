package io.mysqlproxy.core.script;

import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptScope;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of a script without any client.
 *
 * @param scope the one it would run in
 * @param hooks those it defines
 * @param warning variables that the scope drops, if there are such
 */
public record ScriptReport(ScriptScope scope, List<Hook> hooks, Optional<String> warning) {}
