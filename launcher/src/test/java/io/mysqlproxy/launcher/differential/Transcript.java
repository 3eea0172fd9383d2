package io.mysqlproxy.launcher.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What a client saw: for each step a line of its own words, then each packet with its sequence id. */
final class Transcript {
    private static final int SHOWN = 400;

    private final List<String> steps = new ArrayList<>();
    private StringBuilder step = new StringBuilder("login");

    /** What follows belongs to the next step. */
    void step(String what) {
        steps.add(step.toString());
        step = new StringBuilder(what.length() > SHOWN ? what.substring(0, SHOWN) + "..." + what.length() : what);
    }

    void packet(int sequence, byte[] payload) {
        step.append("\n  ").append(sequence).append(": ");
        if (payload.length > SHOWN) {
            step.append(payload.length).append(" bytes, hash ").append(Arrays.hashCode(payload));
        } else {
            step.append(HexFormat.of().formatHex(payload)).append("  ").append(printable(payload));
        }
    }

    void note(String what) {
        step.append("\n  ").append(what);
    }

    /** All steps, the one that is being written too. */
    List<String> steps() {
        List<String> all = new ArrayList<>(steps);
        all.add(step.toString());
        return all;
    }

    private static String printable(byte[] payload) {
        return new String(payload, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
    }
}
