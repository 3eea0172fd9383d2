package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/launcher} itself. */
class ScriptIT {
    @TempDir
    private Path folder;

    @Test
    void runsThroughALinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(
                folder.resolve("proxy"), TestProxy.repository().resolve("bin/launcher"));
        try (LauncherProcess launcher =
                LauncherProcess.start(link, folder, Map.of("LUA_PATH", "a/?.lua", "LUA_CPATH", ""), "--version")) {
            assertThat(launcher.await()).isZero();
            Path lib = TestProxy.repository().resolve("lib/mysql-proxy/lua");
            assertThat(launcher.out())
                    .contains("package.path: " + lib + "/?.lua;a/?.lua\n")
                    .contains("package.cpath: " + lib + "/?.so\n");
            assertThat(launcher.err()).isEmpty();
        }
        Files.delete(link);
    }

    @Test
    void runsAnInstallationWithoutSources() throws Exception {
        Path repository = TestProxy.repository();
        Path bin = Files.createDirectories(folder.resolve("an installation/bin"));
        for (String part : List.of("launcher", "archive.sh", "process.sh")) {
            Files.copy(repository.resolve("bin").resolve(part), bin.resolve(part));
        }
        Path program = bin.resolve("launcher");
        Path lib = Files.createDirectories(bin.resolveSibling("lib"));
        for (Path directory :
                List.of(repository.resolve("launcher/target"), repository.resolve("launcher/target/lib"))) {
            try (var jars = Files.newDirectoryStream(directory, "*.jar")) {
                for (Path jar : jars) {
                    Files.copy(jar, lib.resolve(jar.getFileName()));
                }
            }
        }
        try (LauncherProcess launcher =
                LauncherProcess.start(program, folder, Map.of("JAVA_OPTS", "-Xmx99m -Dx=y"), "--version")) {
            assertThat(launcher.await()).isZero();
            assertThat(launcher.out()).contains("package.path: " + lib + "/mysql-proxy/lua/?.lua\n");
        }
    }

    @Test
    void leavesTheCollectorToWhoeverNamesOne() throws Exception {
        Path program = TestProxy.repository().resolve("bin/launcher");
        Map<String, String> environment = Map.of("JAVA_OPTS", "-Xmx99m -XX:+UseSerialGC -XX:+PrintCommandLineFlags");
        try (LauncherProcess launcher = LauncherProcess.start(program, folder, environment, "--version")) {
            assertThat(launcher.await()).isZero();
            assertThat(launcher.out()).contains("-XX:+UseSerialGC").doesNotContain("UseG1GC");
        }
    }

    @Test
    void isScheduledAsABatchUnlessSomebodyChose() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        String policy = "#!/bin/sh\nread -r stat </proc/$$/stat\nset -- ${stat##*) }\necho ${39}\n";
        Files.writeString(bin.resolve("java"), policy).toFile().setExecutable(true);
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        assertThat(policyOf(Map.of(), "--other")).isEqualTo("3\n");
        assertThat(policyOf(Map.of("LAUNCHER_BATCH", "no"), "--other")).isEqualTo("0\n");
        assertThat(policyOf(Map.of(), "--idle")).isEqualTo("5\n");
    }

    /** What the JVM runs with (sched_setscheduler(2)) if the script is started with a policy. */
    private String policyOf(Map<String, String> environment, String given) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("JAVA_HOME", folder.resolve("jdk").toString());
        String program = TestProxy.repository().resolve("bin/launcher").toString();
        try (LauncherProcess launcher = LauncherProcess.start(Path.of("chrt"), folder, all, given, "0", program)) {
            assertThat(launcher.await()).isZero();
            assertThat(launcher.err()).isEmpty();
            return launcher.out();
        }
    }

    @Test
    void saysWhichJavaItNeeds() throws Exception {
        Path program = TestProxy.repository().resolve("bin/launcher");
        try (LauncherProcess launcher = LauncherProcess.start(program, folder, Map.of("JAVA_HOME", "/none"))) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(launcher.err()).isEqualTo("launcher: JAVA_HOME is /none, but there is no bin/java in it\n");
        }
        Path old = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(old.resolve("java"), "#!/bin/sh\n").toFile().setExecutable(true);
        Files.writeString(folder.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        try (LauncherProcess launcher = LauncherProcess.start(
                program, folder, Map.of("JAVA_HOME", folder.resolve("jdk").toString()))) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(launcher.err())
                    .isEqualTo("launcher: needs Java 17 or later, but " + old.resolve("java") + " is 11.0.2\n");
        }
    }
}
