package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.Jdbc.MYSQL;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MysqlServer;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.sql.Connection;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a server tells of its state in OK packets, and how much that can be. */
class SessionTrackIT {
    private static final int SOURCES = 2500;

    @Test
    @Tag("W-29")
    void allTransactionsOfAServerThatHasSeenManyFitIntoAnOk() throws Exception {
        try (EmbeddedServer server = MysqlServer.start("--gtid-mode=ON", "--enforce-gtid-consistency=ON");
                TestProxy proxy = TestProxy.to(server).start();
                Connection c = Jdbc.connect(MYSQL, proxy.port(), server.nativeAccount(), "sslMode=DISABLED")) {
            String seen = IntStream.range(0, SOURCES)
                    .mapToObj(n -> "%08x-0000-0000-0000-000000000001:1".formatted(n))
                    .collect(Collectors.joining(","));
            Jdbc.execute(c, "SET GLOBAL gtid_purged = '" + seen + "'");
            Jdbc.execute(c, "SET SESSION session_track_gtids = 'ALL_GTIDS'"); // says them all at once
            assertThat(Jdbc.query(c, "SELECT LENGTH(@@GLOBAL.gtid_executed) > 90000"))
                    .isEqualTo("1");
        }
    }
}
