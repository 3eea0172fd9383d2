package io.mysqlproxy.core.admin;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.script.PluginScript;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers administrators where they have no script of their own (launcher-and-admin.md 6.4). Commands are compared without
 * regard to case, otherwise exactly.
 */
public final class Console implements Hooks {
    private static final Pattern KILL = Pattern.compile("kill (\\d{1,18})");

    private static final Answer ONLY_TEXT = Answer.error("[admin] we only handle text-based queries (COM_QUERY)");
    private static final Answer UNKNOWN = Answer.error("use 'SELECT * FROM help' to see the supported commands");
    private static final Answer DONE = new Answer.Okay(0, 0, 0);

    /** ER_NO_SUCH_THREAD. */
    private static final int NO_SUCH_SESSION = 1094;

    private final Control control;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param control the running server */
    public Console(Control control) {
        this.control = control;
        Tables tables = new Tables(control);
        add("SELECT * FROM help", "shows this help", this::help);
        add("SELECT * FROM backends", "lists the backends and their state", tables::backends);
        add("SELECT * FROM connections", "lists who is connected, and what for", tables::connections);
        add("SELECT * FROM queries", "counts and times statements by text, with --query-stats", tables::queries);
        add("SELECT * FROM scripts", "lists the scripts, their errors and the time of their hooks", tables::scripts);
        add("SELECT * FROM options", "lists the options", tables::options);
        add("RELOAD SCRIPT", "reads all scripts again", this::reload);
        add("KILL <id>", "ends a connection", () -> UNKNOWN);
        add("SHUTDOWN", "ends the proxy, after the commands in flight", this::shutdown);
    }

    /** A command. */
    private record Entry(String command, String description, Supplier<Answer> answer) {}

    private void add(String command, String description, Supplier<Answer> answer) {
        entries.put(command.toLowerCase(Locale.ROOT), new Entry(command, description, answer));
    }

    @Override
    public Decision readQuery(Bytes packet) {
        return new Decision.Reply(answer(packet));
    }

    private Answer answer(Bytes packet) {
        int code = packet.length() == 0 ? -1 : packet.array()[packet.offset()] & 0xFF;
        return switch (Command.of(code)) {
            case COM_QUERY -> query(packet.toLatin1().substring(1));
            case COM_PING -> DONE;
            default -> ONLY_TEXT;
        };
    }

    private Answer query(String text) {
        String command = text.toLowerCase(Locale.ROOT);
        Entry entry = entries.get(command);
        if (entry != null) {
            return entry.answer().get();
        }
        Matcher kill = KILL.matcher(command);
        if (kill.matches()) {
            return kill(Long.parseLong(kill.group(1)));
        }
        return DriverTalk.answer(text).orElse(UNKNOWN);
    }

    private Answer help() {
        Table table = new Table().text("command", "description");
        entries.values().forEach(entry -> table.row(entry.command(), entry.description()));
        return table.answer();
    }

    private Answer reload() {
        try {
            List<PluginScript> scripts = control.scripts();
            scripts.forEach(PluginScript::reload);
            return new Answer.Okay(scripts.size(), 0, 0);
        } catch (ConfigException e) {
            return Answer.error(e.getMessage());
        }
    }

    private Answer kill(long id) {
        for (Session session : control.sessions()) {
            if (session.id() == id) {
                session.executor().execute(() -> session.end(CloseReason.KILLED));
                return DONE;
            }
        }
        return new Answer.Error(NO_SUCH_SESSION, "HY000", Bytes.latin1("Unknown thread id: " + id));
    }

    private Answer shutdown() {
        control.shutdown();
        return DONE;
    }
}
