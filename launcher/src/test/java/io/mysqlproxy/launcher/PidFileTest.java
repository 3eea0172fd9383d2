package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    private Path folder;

    @Test
    void holdsTheNumberAndNothingElse() throws Exception {
        Path file = folder.resolve("pid");
        PidFile.write(file);

        assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void replacesWhatWasThere() throws Exception {
        Path file = Files.writeString(folder.resolve("pid"), "something longer than a number");
        PidFile.write(file);

        assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    @Tag("A-11")
    void saysWhyItCannotBeWritten() {
        Path file = folder.resolve("none/pid");
        assertThatThrownBy(() -> PidFile.write(file))
                .hasMessage("open(" + file + ") failed: No such file or directory");
    }
}
