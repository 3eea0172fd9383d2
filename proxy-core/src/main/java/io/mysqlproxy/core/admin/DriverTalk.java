package io.mysqlproxy.core.admin;

import io.mysqlproxy.core.hook.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What drivers and clients say by themselves when they connect, or to see whether the connection is alive. They give up without
 * an answer, so they get one that a server could give.
 */
final class DriverTalk {
    private static final Pattern COMMENT = Pattern.compile("^\\s*/\\*(?!!).*?\\*/\\s*", Pattern.DOTALL);
    private static final Pattern NO_EFFECT =
            Pattern.compile("(?is)(set\\s.*|begin|commit|rollback|start transaction.*|use\\s.*)");
    private static final Pattern VARIABLES = Pattern.compile("(?is)select\\s+(@@[^()']*?)(?:\\s+limit\\s+1)?;?");
    private static final Pattern VARIABLE =
            Pattern.compile("(?i)\\s*@@(?:session\\.|global\\.)?(\\w+)(?:\\s+(?:as\\s+)?[`\"]?(\\w+)[`\"]?)?\\s*");
    private static final Pattern SHOW_VARIABLES = Pattern.compile("(?is)show\\s+(?:session\\s+)?variables\\b.*");
    private static final Pattern ONE = Pattern.compile("(?is)(?:select|do)\\s+1;?");

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("auto_increment_increment", "1"),
            Map.entry("autocommit", "1"),
            Map.entry("character_set_client", "utf8mb4"),
            Map.entry("character_set_connection", "utf8mb4"),
            Map.entry("character_set_results", "utf8mb4"),
            Map.entry("character_set_server", "utf8mb4"),
            Map.entry("collation_connection", "utf8mb4_general_ci"),
            Map.entry("collation_server", "utf8mb4_general_ci"),
            Map.entry("interactive_timeout", "28800"),
            Map.entry("lower_case_table_names", "0"),
            Map.entry("max_allowed_packet", "16777215"),
            Map.entry("net_buffer_length", "16384"),
            Map.entry("net_write_timeout", "60"),
            Map.entry("performance_schema", "0"),
            Map.entry("query_cache_size", "0"),
            Map.entry("query_cache_type", "OFF"),
            Map.entry("system_time_zone", "UTC"),
            Map.entry("time_zone", "SYSTEM"),
            Map.entry("transaction_isolation", "REPEATABLE-READ"),
            Map.entry("transaction_read_only", "0"),
            Map.entry("tx_isolation", "REPEATABLE-READ"),
            Map.entry("tx_read_only", "0"),
            Map.entry("version_comment", "mysql-proxy admin"),
            Map.entry("wait_timeout", "28800"));

    private DriverTalk() {}

    /** The answer; empty if this is nothing a driver says. */
    static Optional<Answer> answer(String text) {
        String statement = COMMENT.matcher(text).replaceFirst("").strip();
        if (NO_EFFECT.matcher(statement).matches()) {
            return Optional.of(new Answer.Okay(0, 0, 0));
        }
        if (ONE.matcher(statement).matches()) {
            return Optional.of(new Table().number("1").row(1).answer());
        }
        if (statement.equalsIgnoreCase("show warnings")) {
            return Optional.of(new Table().text("Level", "Code", "Message").answer());
        }
        if (SHOW_VARIABLES.matcher(statement).matches()) {
            return Optional.of(showVariables());
        }
        Matcher variables = VARIABLES.matcher(statement);
        return variables.matches() ? variables(variables.group(1)) : Optional.empty();
    }

    /** All of them, whichever were asked for: older servers were asked for a long list. */
    private static Answer showVariables() {
        Table table = new Table().text("Variable_name", "Value");
        new TreeMap<>(VALUES).forEach((name, value) -> table.row(name, value));
        return table.answer();
    }

    private static Optional<Answer> variables(String list) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String item : list.split(",")) {
            Matcher variable = VARIABLE.matcher(item);
            if (!variable.matches()) {
                return Optional.empty();
            }
            names.add(variable.group(2) == null ? item.strip() : variable.group(2));
            values.add(VALUES.getOrDefault(variable.group(1).toLowerCase(Locale.ROOT), ""));
        }
        return Optional.of(new Table()
                .text(names.toArray(String[]::new))
                .row(values.toArray())
                .answer());
    }
}
