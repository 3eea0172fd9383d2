package io.mysqlproxy.core.script;

import io.mysqlproxy.script.ScriptScope;
import io.mysqlproxy.script.ScriptSource;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script may state its own scope in a comment within its first 20 lines: {@code -- proxy-scope: connection} (J-01). */
final class ScopeComment {
    private static final int LINES = 20;
    private static final Pattern COMMENT =
            Pattern.compile("^\\s*(?:--|#)\\s*proxy-scope:\\s*(execution|connection|global)\\s*$");

    private ScopeComment() {}

    /** What the script asks for; empty if it does not say. */
    static Optional<ScriptScope> of(ScriptSource source) {
        return new String(source.text(), StandardCharsets.ISO_8859_1)
                .lines()
                .limit(LINES)
                .map(COMMENT::matcher)
                .filter(Matcher::matches)
                .map(m -> ScriptScope.valueOf(m.group(1).toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
