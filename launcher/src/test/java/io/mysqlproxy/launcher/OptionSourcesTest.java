package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.server.AdminConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.PluginConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.launcher.log.LogConfig;
import io.mysqlproxy.launcher.option.AdminOptions;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.Kind;
import io.mysqlproxy.launcher.option.OptionGroup;
import io.mysqlproxy.launcher.option.ProxyOptions;
import io.mysqlproxy.launcher.option.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option there is, from either source. */
class OptionSourcesTest {
    private static final List<String> NEEDED =
            List.of("--plugins=admin,proxy,pyproxy", "--admin-username=x", "--admin-password=y");

    /** Two values that differ from the default and from each other, where the kind of an option does not say any. */
    private static final Map<String, List<String>> SAMPLES = Map.ofEntries(
            Map.entry("plugins", List.of("pyproxy,admin,proxy", "admin,pyproxy,proxy")),
            Map.entry("log-level", List.of("debug", "critical")),
            Map.entry("basedir", List.of("/base", "/other base")),
            Map.entry("address", List.of("127.0.0.1:1234", "/run/x.sock")),
            Map.entry("addresses", List.of("127.0.0.1:1,127.0.0.1:2", "[::1]:3")),
            Map.entry("tls-version", List.of("TLSv1.3", "TLSv1.2")),
            Map.entry("proxy-protocol-networks", List.of("10.0.0.0/8,::1/128", "127.0.0.1/32")),
            Map.entry("compression-algorithms", List.of("zlib", "zstd")),
            Map.entry("zstd-compression-level", List.of("17", "5")),
            Map.entry("max-allowed-packet", List.of("4096", "8192")));

    /** What an option is of no use without. */
    private static final Map<String, String> COMPANIONS = Map.of(
            "ssl-cert", "ssl-key",
            "ssl-key", "ssl-cert",
            "ssl-mode", "ssl-ca",
            "tls-version", "ssl-ca",
            "kill-user", "kill-password",
            "kill-password", "kill-user",
            "kill-password-file", "kill-user");

    /** What is of no use without the option either. */
    private static final List<String> HALVES =
            List.of("ssl-cert", "ssl-key", "kill-user", "kill-password", "kill-password-file");

    @TempDir
    private static Path folder;

    static Stream<Setting<?>> settings() {
        return Stream.of(
                        ChassisOptions.application(),
                        AdminOptions.ADMIN.group(),
                        ProxyOptions.LUA.group(),
                        ProxyOptions.PYTHON.group())
                .map(OptionGroup::settings)
                .flatMap(List::stream)
                .filter(setting -> !ChassisOptions.commandLineOnly().contains(setting.name()));
    }

    /** All that the rest of the program sees of options. */
    private record Effect(Map<String, String> options, ServerConfig server, LogConfig log, Object more) {
        static Effect of(CommandLine line) {
            List<Object> more = List.of(line.shutdownTimeout(), line.basedir(), line.plugins());
            return new Effect(line.shownOptions(), new Wiring(line).config(), line.logConfig(), more);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    @Tag("A-19")
    void aFileSaysWhatTheCommandLineSays(Setting<?> setting) throws Exception {
        Effect without = effect("", isHalf(setting) ? List.of() : companions(setting));
        for (String value : samples(setting)) {
            Effect byFile = effect(setting.name() + " = " + value, companions(setting));
            Effect byArgument = effect("", with(companions(setting), "--" + setting.name() + "=" + value));
            assertThat(withoutFile(byFile)).isEqualTo(withoutFile(byArgument)).isNotEqualTo(withoutFile(without));
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    @Tag("A-19")
    void theCommandLineWins(Setting<?> setting) throws Exception {
        List<String> samples = samples(setting);
        String inFile = samples.get(0);
        String argument = samples.size() > 1 ? samples.get(1) : String.valueOf(setting.fallback());
        List<String> arguments = with(companions(setting), "--" + setting.name() + "=" + argument);

        assertThat(withoutFile(effect(setting.name() + " = " + inFile, arguments)))
                .isEqualTo(withoutFile(effect("", arguments)))
                .isNotEqualTo(withoutFile(effect(setting.name() + " = " + inFile, companions(setting))));
    }

    @Test
    void anAliasCountsInAFileToo() throws Exception {
        assertThat(effect("pyproxy-readonly-backend-address = a:1, b:2", List.of())
                        .options()
                        .get("pyproxy-read-only-backend-addresses"))
                .isEqualTo("a:1,b:2");
    }

    /** The path of the file itself is an option too, and the admin port shows all of them. */
    private static Map<String, Object> withoutFile(Effect effect) {
        Map<String, Object> options = new LinkedHashMap<>(effect.options());
        options.remove("defaults-file");
        // these do not show their passwords
        effect.server().listeners().forEach(plugin -> options.put("account of " + plugin.plugin(), account(plugin)));
        options.put("log", effect.log().toString());
        options.put("server", effect.server().toString().replaceAll("defaults-file=[^,}]*", ""));
        options.put("more", effect.more().toString());
        return options;
    }

    private static Object account(PluginConfig plugin) {
        return plugin instanceof ListenerConfig listener
                ? listener.protocol().policy().killAccount()
                : ((AdminConfig) plugin).account();
    }

    private Effect effect(String fileLine, List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(arguments);
        if (!fileLine.isEmpty()) {
            Path file = Files.writeString(folder.resolve("x.cnf"), "[mysql-proxy]\n" + fileLine + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            all.add("--defaults-file=" + file);
        }
        NEEDED.stream()
                .filter(needed -> Stream.concat(arguments.stream(), Stream.of("--" + fileLine))
                        .noneMatch(given ->
                                given.replace(" = ", "=").startsWith(needed.substring(0, needed.indexOf('=') + 1))))
                .forEach(all::add);
        CommandLine line = CommandLine.parse(all.toArray(String[]::new));
        assertThat(line.warnings()).isEmpty();
        return Effect.of(line);
    }

    private static boolean isHalf(Setting<?> setting) {
        return HALVES.stream().anyMatch(half -> setting.name().endsWith("-" + half));
    }

    private static List<String> companions(Setting<?> setting) {
        String name = setting.name();
        return COMPANIONS.entrySet().stream()
                .filter(entry -> name.endsWith("-" + entry.getKey()))
                .map(entry -> name.substring(0, name.length() - entry.getKey().length()) + entry.getValue())
                .map(companion -> "--" + companion + "=/companion.pem")
                .toList();
    }

    /** A file that holds a word, and nobody else may read. */
    private static String secret(String word) throws IOException {
        Path file = Files.writeString(folder.resolve(word), word);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"))
                .toString();
    }

    private static List<String> with(List<String> arguments, String more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toList();
    }

    private static List<String> samples(Setting<?> setting) throws IOException {
        if (setting.name().endsWith("-kill-password-file")) {
            return List.of(secret("one"), secret("two"));
        }
        if (setting.kind() == Kind.FLAG) {
            return List.of("true");
        }
        for (Map.Entry<String, List<String>> sample : SAMPLES.entrySet()) {
            if (setting.name().equals(sample.getKey()) || setting.name().endsWith("-" + sample.getKey())) {
                return sample.getValue();
            }
        }
        if (setting.placeholder().startsWith("(") && setting.placeholder().contains("|")) {
            List<String> words =
                    List.of(setting.placeholder().replaceAll("[()]", "").split("\\|"));
            return words.stream()
                    .filter(word -> !word.equals(String.valueOf(setting.fallback())))
                    .toList();
        }
        if (setting.placeholder().equals("<mode>")) {
            return List.of("verify_ca", "required");
        }
        return setting.kind() == Kind.DECIMAL ? List.of("0.5", "1e3") : List.of("17", "3");
    }
}
