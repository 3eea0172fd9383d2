package io.mysqlproxy.core.admin;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.Addresses;
import io.mysqlproxy.core.query.QueryStats;
import io.mysqlproxy.core.script.PluginScript;
import io.mysqlproxy.core.script.ScriptTally;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.SessionView;
import io.mysqlproxy.script.Hook;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;

/** What can be selected from. */
final class Tables {
    private final Control control;

    Tables(Control control) {
        this.control = control;
    }

    /** Every backend of every proxy plugin, in the order of plugins and then of scripts' indices (J-22). */
    Answer backends() {
        Table table = new Table()
                .number("backend_ndx")
                .text("address", "state", "type", "uuid")
                .number("connected_clients");
        int index = 0;
        for (Plugin plugin : control.plugins()) {
            for (Backend backend : plugin.backends().list()) {
                table.row(
                        ++index,
                        Addresses.text(backend.socketAddress()),
                        state(backend.state()),
                        backend.type().name().toLowerCase(Locale.ROOT),
                        backend.uuid(),
                        backend.clients());
            }
        }
        return table.answer();
    }

    private static String state(int state) {
        return state == Backend.UP ? "up" : state == Backend.DOWN ? "down" : "unknown";
    }

    Answer connections() {
        Table table = new Table()
                .count("id")
                .text("plugin", "client", "user", "db", "server", "state")
                .number("idle_seconds");
        control.sessions().stream()
                .map(SessionView::of)
                .sorted(Comparator.comparingLong(SessionView::id))
                .forEach(view -> table.row(
                        view.id(),
                        view.plugin(),
                        view.client(),
                        view.user(),
                        view.schema(),
                        view.server(),
                        view.state(),
                        view.silentSeconds()));
        return table.answer();
    }

    /** Estimates where only a sample is looked at: {@code one_in} says how large it is. */
    Answer queries() {
        Table table = new Table()
                .text("statement")
                .count("count")
                .count("total_us")
                .count("average_us")
                .count("longest_us")
                .number("one_in");
        QueryStats statements = control.statements();
        for (QueryStats.Line line : statements.lines()) {
            table.row(
                    line.text(),
                    line.count() * statements.oneIn(),
                    line.total() * statements.oneIn() / 1000,
                    line.total() / line.count() / 1000,
                    line.longest() / 1000,
                    statements.oneIn());
        }
        return table.answer();
    }

    /** A row for each hook that was called; one without a hook for a script of which none was. */
    Answer scripts() {
        Table table = new Table()
                .text("plugin", "file", "scope")
                .number("version")
                .text("loaded_at")
                .count("errors")
                .text("last_error", "hook")
                .count("calls")
                .count("total_us")
                .count("average_us")
                .count("longest_us");
        control.scripts().forEach(script -> rows(table, script));
        return table.answer();
    }

    private static void rows(Table table, PluginScript script) {
        boolean any = false;
        for (Hook hook : Hook.values()) {
            if (script.tally().calls(hook) > 0) {
                any = true;
                row(table, script, hook);
            }
        }
        if (!any) {
            row(table, script, null);
        }
    }

    private static void row(Table table, PluginScript script, Hook hook) {
        ScriptTally tally = script.tally();
        long calls = hook == null ? 0 : tally.calls(hook);
        long micros = hook == null ? 0 : tally.total(hook) / 1000;
        table.row(
                script.config().plugin(),
                script.config().file(),
                script.scope().name().toLowerCase(Locale.ROOT),
                tally.version(),
                Objects.toString(tally.loadedAt(), null),
                tally.errors(),
                tally.lastError(),
                hook == null ? null : hook.scriptName(),
                calls,
                micros,
                calls == 0 ? 0 : micros / calls,
                hook == null ? 0 : tally.longest(hook) / 1000);
    }

    Answer options() {
        Table table = new Table().text("name", "value");
        control.options().forEach((name, value) -> table.row(name, value));
        return table.answer();
    }
}
