package io.mysqlproxy.launcher.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints in two columns. */
final class SideBySide {
    private static final int WIDTH = 44;

    private final PrintStream out;

    SideBySide(PrintStream out) {
        this.out = out;
    }

    /** A line over both columns. */
    void heading(String text) {
        out.println();
        out.println(text);
        out.println("=".repeat(text.length()));
    }

    /** A line over both columns. */
    void line(String text) {
        out.println(text);
    }

    /** Lines beside each other, long ones wrapped, the shorter side filled up. */
    void columns(List<String> left, List<String> right) {
        List<String> wrappedLeft = wrap(left);
        List<String> wrappedRight = wrap(right);
        for (int i = 0; i < Math.max(wrappedLeft.size(), wrappedRight.size()); i++) {
            String cell = at(wrappedLeft, i);
            String line = "  " + cell + " ".repeat(WIDTH - cell.length()) + " | " + at(wrappedRight, i);
            out.println(line.stripTrailing());
        }
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }

    private static List<String> wrap(List<String> lines) {
        List<String> wrapped = new ArrayList<>();
        for (String line : lines) {
            String rest = line;
            while (rest.length() > WIDTH) {
                int blank = rest.lastIndexOf(' ', WIDTH);
                int end = blank > 0 ? blank : WIDTH;
                wrapped.add(rest.substring(0, end));
                rest = rest.substring(end).stripLeading();
            }
            wrapped.add(rest);
        }
        return wrapped;
    }
}
