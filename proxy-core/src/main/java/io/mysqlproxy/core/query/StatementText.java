package io.mysqlproxy.core.query;

/**
 * A statement without what differs from one execution to the next: literals become {@code ?}, lists of them one, comments go,
 * blanks shrink. Letters stay as they are: whether names differ by case is for the server to know.
 */
final class StatementText {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private StatementText(String text) {
        this.text = text;
    }

    static String normalised(String text) {
        return new StatementText(text).read();
    }

    private String read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                blank();
            } else if (isComment(c)) {
                skipComment(c);
                blank();
            } else if (c == '\'' || c == '"') {
                skipQuoted(c);
                literal();
            } else if (c == '`') {
                int from = at;
                skipQuoted(c);
                out.append(text, from, at);
            } else if (Character.isLetterOrDigit(c) || c == '_') {
                word();
            } else {
                at++;
                out.append(c);
            }
        }
        return out.toString().strip();
    }

    private void blank() {
        if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
    }

    private boolean isComment(char c) {
        return c == '#'
                || c == '/' && text.startsWith("/*", at)
                || c == '-' && text.startsWith("--", at) && (at + 2 == text.length() || text.charAt(at + 2) <= ' ');
    }

    private void skipComment(char c) {
        String end = c == '/' ? "*/" : "\n";
        int found = text.indexOf(end, at + 2);
        at = found < 0 ? text.length() : found + end.length();
    }

    private void skipQuoted(char quote) {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && quote != '`') {
                at++;
            } else if (c == quote && ++at < text.length() && text.charAt(at) != quote
                    || c == quote && at == text.length()) {
                return;
            }
        }
        at = text.length();
    }

    private void word() {
        int from = at;
        while (at < text.length() && isWord(text.charAt(at), from)) {
            at++;
        }
        if (Character.isDigit(text.charAt(from))) {
            literal();
        } else {
            out.append(text, from, at);
        }
    }

    /** A number goes on through its point. */
    private boolean isWord(char c, int from) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.' && Character.isDigit(text.charAt(from));
    }

    /** {@code ?, ?} is as good as {@code ?}: lists of any length count as one. */
    private void literal() {
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == ' ') {
            end--;
        }
        if (end > 1 && out.charAt(end - 1) == ',') {
            int before = end - 1;
            while (before > 0 && out.charAt(before - 1) == ' ') {
                before--;
            }
            if (before > 0 && out.charAt(before - 1) == '?') {
                out.setLength(before);
                return;
            }
        }
        out.append('?');
    }
}
