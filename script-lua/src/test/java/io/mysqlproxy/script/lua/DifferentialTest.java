package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Programs that must print the same here as under Lua 5.1 itself, byte for byte. */
class DifferentialTest {
    private static final Path PROGRAMS = Path.of("src/test/lua/differential").toAbsolutePath();
    private static final String DRIVER = "driver.lua";

    @TestFactory
    Stream<DynamicTest> sameAsLua51() throws Exception {
        boolean present = isLuaPresent();
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(present, "the program lua5.1 is not installed");
        }
        assertThat(present).as("the program lua5.1 is installed").isTrue();
        Map<String, String> expected = results(byLua());
        Map<String, String> found = results(byEngine());
        Set<String> exceptions = exceptions();
        assertThat(expected).hasSizeGreaterThanOrEqualTo(490).containsOnlyKeys(found.keySet());
        assertThat(expected.keySet()).containsAll(exceptions);
        return expected.keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    if (exceptions.contains(name)) {
                        assertThat(found.get(name)).as("is still an exception").isNotEqualTo(expected.get(name));
                    } else {
                        assertThat(found.get(name)).isEqualTo(expected.get(name));
                    }
                }));
    }

    private static boolean isLuaPresent() throws InterruptedException {
        try {
            return new ProcessBuilder("lua5.1", "-v").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String byLua() throws IOException, InterruptedException {
        ProcessBuilder lua = new ProcessBuilder("lua5.1", "-e", "io.write(" + call() + ")");
        lua.environment().keySet().removeIf(name -> name.startsWith("LUA_"));
        lua.redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true);
        Process process = lua.start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return text;
        }
    }

    private static String byEngine() throws Exception {
        return new LuaFixture().value("proxy.response.value = " + call());
    }

    /** The call of the driver, the same for both. */
    private static String call() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            String names = files.filter(file -> file.toString().endsWith(".lua") && !file.endsWith(DRIVER))
                    .sorted()
                    .map(file -> "'" + file + "'")
                    .collect(Collectors.joining(", "));
            return "assert(loadfile('" + PROGRAMS.resolve(DRIVER) + "'))(" + names + ")";
        }
    }

    private static Map<String, String> results(String text) {
        Map<String, String> results = new LinkedHashMap<>();
        for (String part : text.split("(?m)^=== ")) {
            int end = part.indexOf('\n');
            if (end > 0) {
                results.put(part.substring(0, end), part.substring(end + 1));
            }
        }
        return results;
    }

    private static Set<String> exceptions() throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(PROGRAMS.resolve("exceptions.txt")));
        lines.removeIf(line -> line.isBlank() || line.startsWith("#"));
        for (String line : lines) {
            int colon = line.indexOf(": ");
            assertThat(colon).as("a reason in " + line).isPositive();
            reasons.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return reasons.keySet();
    }
}
