package io.mysqlproxy.launcher.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference in {@code docs/scripting.md} is what the declarations say. */
class ReferenceTest {
    private static final String MARK = "<!-- generated from the declarations: do not edit below -->\n";
    private static final String HOW =
            "mvn -pl launcher -am test -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dreference=write";

    @Test
    void theReferenceIsUpToDate() throws IOException {
        Path file = TestProxy.repository().resolve("docs/scripting.md");
        String before = Files.readString(file);
        assertThat(before).contains(MARK);
        String now = before.substring(0, before.indexOf(MARK)) + MARK + Reference.text();
        if ("write".equals(System.getProperty("reference"))) {
            Files.writeString(file, now);
        } else {
            assertThat(before)
                    .as("docs/scripting.md is stale; write it anew with: " + HOW)
                    .isEqualTo(now);
        }
    }
}
