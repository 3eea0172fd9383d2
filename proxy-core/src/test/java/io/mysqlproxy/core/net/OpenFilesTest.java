package io.mysqlproxy.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.backend.NoSocketException;
import io.mysqlproxy.wire.testing.LogCapture;
import io.netty.channel.ChannelException;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    private static final IOException NONE_LEFT =
            new IOException("accept(..) failed with error(-24): Too many open files");

    @Test
    void eachClientTakesTwo() {
        assertThat(OpenFiles.clientsThatFit(1024, 100)).isEqualTo(446);
        assertThat(OpenFiles.clientsThatFit(1_048_576, 100)).isGreaterThan(500_000);
        assertThat(OpenFiles.clientsThatFit(64, 80)).isEqualTo(1);
    }

    @Test
    @Tag("W-01")
    void whoLeavesMakesRoom() {
        OpenFiles files = new OpenFiles(1);
        assertThat(files.hasRoom()).isTrue();
        files.taken();
        assertThat(files.hasRoom()).isFalse();
        files.released();
        assertThat(files.hasRoom()).isTrue();
    }

    @Test
    void aBurstIsOneLineWhateverItConsistsOf() {
        OpenFiles files = new OpenFiles(7);
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < 100; i++) {
                files.refused();
                files.acceptFailed(NONE_LEFT);
            }
            assertThat(log.lines()).singleElement().asString().contains("7 clients", "--max-open-files");
        }
    }

    /** The backend is not to blame, and must not count as down. */
    @Test
    void aMissingSocketIsToldApart() {
        Throwable cause = new ChannelException("Unable to create Channel from class X", NONE_LEFT);
        assertThat(SystemError.ofConnect(cause, 1000))
                .isInstanceOf(NoSocketException.class)
                .hasMessage("Too many open files (24)");
        assertThat(SystemError.ofConnect(new IOException("Connection refused"), 1000))
                .isNotInstanceOf(NoSocketException.class);
    }
}
