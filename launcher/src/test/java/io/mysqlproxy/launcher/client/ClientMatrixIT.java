package io.mysqlproxy.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mysqlproxy.launcher.server.DatabaseServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every client library that is here has the same conversation with a server and, through proxies with and without TLS and
 * scripts, with the same server again: what it prints must not differ. Between them the clients take every mix of legs with
 * every script in both languages (W-11, W-15, W-21, W-30, W-37, W-48). The table of what ran is {@code docs/compatibility.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClientMatrixIT {
    private static final String HOW = "write the table of docs/compatibility.md anew with: mvn -pl launcher -am verify"
            + " -Dtest=none -Dit.test=ClientMatrixIT -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dfailsafe.failIfNoSpecifiedTests=false -Dcompatibility=write";

    /** How many clients have to be there where nobody would notice if they were not. */
    private static final int FEWEST = 10;

    private final Table table = new Table();

    @TempDir
    private static Path folder;

    private Setup setup;
    private Programs programs;

    @BeforeAll
    void prepare() throws IOException {
        setup = new Setup(folder);
        programs = new Programs(folder);
    }

    @Order(1)
    @ParameterizedTest
    @EnumSource
    void aClientNoticesNothing(Client client) throws Exception {
        assumeTrue(programs.has(client), client + " is not installed here");
        Map<Target, Boolean> same = new EnumMap<>(Target.class);
        List<String> last = List.of();
        StringBuilder differences = new StringBuilder();
        for (Target target : Target.present()) {
            last = programs.converse(
                    client, setup.server(target), setup.server(target).port(), false);
            assertThat(last).as(client + " alone with " + target.title).endsWith("done");
            String different = differences(client, target, last);
            same.put(target, different.isEmpty());
            differences.append(different);
        }
        table.add(client, version(last), same, covered(last));
        assertThat(differences).isEmpty();
    }

    @Order(2)
    @Test
    void theTableIsWhatRan() throws IOException {
        if (System.getenv("CI") != null) {
            assertThat(table.size()).isGreaterThanOrEqualTo(FEWEST);
        }
        if ("write".equals(System.getProperty("compatibility"))) {
            table.write();
        } else {
            assertThat(table.stale()).as(HOW).isEmpty();
        }
    }

    private String differences(Client client, Target target, List<String> direct) throws Exception {
        DatabaseServer server = setup.server(target);
        StringBuilder differences = new StringBuilder();
        for (Route route : Route.of(target, client)) {
            setup.forgetPasswords(target);
            List<String> proxied = programs.converse(client, server, setup.port(route, client), route.clientTls());
            differences.append(difference(client + " through " + route, direct, proxied));
        }
        return differences.toString();
    }

    /** The first line that differs says enough. */
    private static String difference(String how, List<String> direct, List<String> proxied) {
        for (int i = 0; i < Math.max(direct.size(), proxied.size()); i++) {
            String expected = i < direct.size() ? direct.get(i) : "nothing more";
            String actual = i < proxied.size() ? proxied.get(i) : "nothing more";
            if (!expected.equals(actual)) {
                return how + ", line " + (i + 1) + "\n  direct:  " + expected + "\n  proxied: " + actual + "\n";
            }
        }
        return "";
    }

    private static String version(List<String> transcript) {
        return transcript.stream()
                .filter(line -> line.startsWith("version "))
                .findFirst()
                .orElseThrow()
                .substring("version ".length());
    }

    private static List<String> covered(List<String> transcript) {
        return transcript.stream()
                .filter(line -> line.startsWith("== "))
                .map(line -> line.substring("== ".length()))
                .toList();
    }

    @AfterAll
    void close() throws Exception {
        setup.close();
    }
}
