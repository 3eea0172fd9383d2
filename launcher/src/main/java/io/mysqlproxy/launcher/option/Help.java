package io.mysqlproxy.launcher.option;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Help text in two columns, 80 characters wide. */
public final class Help {
    private static final int WIDTH = 80;
    private static final int COLUMN = 32;

    private final StringBuilder text = new StringBuilder();

    /**
     * @param program the command
     * @param product what it is
     */
    public Help(String program, String product) {
        text.append("Usage:\n  ")
                .append(program)
                .append(" [OPTION...] - ")
                .append(product)
                .append("\n");
    }

    /** Adds a section. */
    public Help section(OptionGroup group) {
        text.append('\n').append(group.title()).append(":\n");
        for (Setting<?> setting : group.settings()) {
            entry(left(setting), right(setting));
            setting.aliases().forEach(alias -> entry("      --" + alias, "Same as " + setting.dashed()));
        }
        return this;
    }

    /** The whole text, with a newline at the end. */
    @Override
    public String toString() {
        return text.toString();
    }

    private static String left(Setting<?> setting) {
        String letters = setting.letters().chars().mapToObj(c -> "-" + (char) c).collect(Collectors.joining(", "));
        String value = setting.placeholder().isEmpty() ? "" : "=" + setting.placeholder();
        return "  " + (letters.isEmpty() ? "    " : letters + ", ") + setting.dashed() + value;
    }

    private static String right(Setting<?> setting) {
        Object fallback = setting.fallback();
        if (fallback == null || setting.kind() == Kind.FLAG) {
            return setting.description();
        }
        String value = fallback instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : fallback.toString();
        return setting.description() + " (default: " + value + ")";
    }

    private void entry(String left, String right) {
        text.append(left);
        int column = left.length();
        if (column > COLUMN - 2) {
            text.append('\n');
            column = 0;
        }
        for (String line : wrap(right)) {
            text.append(" ".repeat(COLUMN - column)).append(line).append('\n');
            column = 0;
        }
    }

    private static List<String> wrap(String description) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : description.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH - COLUMN) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
