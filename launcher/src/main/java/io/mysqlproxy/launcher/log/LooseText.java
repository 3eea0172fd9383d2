package io.mysqlproxy.launcher.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Standard error while the log goes there as JSON. What a script, an interpreter or the JVM's own classes print there, a Python
 * traceback for example, becomes an object too, so that whoever reads the log meets nothing else.
 */
final class LooseText extends PrintStream {
    private final PrintStream beneath;

    private LooseText(PrintStream beneath, Lines lines) {
        super(lines, true, StandardCharsets.UTF_8);
        this.beneath = beneath;
    }

    static LooseText over(PrintStream beneath) {
        return new LooseText(beneath, new Lines(beneath));
    }

    /** Standard error as it was. */
    static PrintStream strip(PrintStream stream) {
        return stream instanceof LooseText loose ? loose.beneath : stream;
    }

    /** Keeps back what is not yet a line. What was printed by one call is flushed, and told, as one. */
    private static final class Lines extends OutputStream {
        /** A line without end is cut here. */
        private static final int LONGEST = 1 << 16;

        private final PrintStream beneath;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean endsLine;

        Lines(PrintStream beneath) {
            this.beneath = beneath;
        }

        @Override
        public synchronized void write(int b) {
            kept.write(b);
            endsLine = b == '\n';
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                kept.write(bytes, offset, length);
                endsLine = bytes[offset + length - 1] == '\n';
            }
        }

        @Override
        public synchronized void flush() {
            if (endsLine || kept.size() > LONGEST) {
                tell(kept.toString(StandardCharsets.UTF_8).stripTrailing());
                kept.reset();
                endsLine = false;
            }
        }

        private void tell(String text) {
            if (!text.isEmpty()) {
                byte[] line = new JsonForm()
                        .line(Instant.now(), LogLevel.CRITICAL, text, Origin.here(), "")
                        .getBytes(StandardCharsets.UTF_8);
                // one call, so that no line of the log comes between
                beneath.write(line, 0, line.length);
                beneath.flush();
            }
        }
    }
}
