package io.mysqlproxy.script;

import java.util.List;

/**
 * A variable of the script's top level that one function sets and a later one reads: under {@link ScriptScope#EXECUTION} it does
 * not last from one to the other.
 *
 * @param lines where it is set, in order
 */
public record ScopeWarning(String name, List<Integer> lines) {
    public ScopeWarning {
        lines = List.copyOf(lines);
    }
}
