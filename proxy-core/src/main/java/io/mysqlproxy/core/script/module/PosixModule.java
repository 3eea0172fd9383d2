package io.mysqlproxy.core.script.module;

import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member.Parameter;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code posix}, of Lua only (script-libraries.md 6.2). What Java does not offer is asked of the system's own commands. */
final class PosixModule {
    private static final Logger LOG = LoggerFactory.getLogger(PosixModule.class);

    static final HostType<Object> LUA = About.describe(
                    HostType.<Object>named("posix"), "LuaPosix 0.1", "processes and users of the system")
            .call(
                    "getpid",
                    List.of(),
                    List.of(),
                    (m, a) -> ProcessHandle.current().pid())
            .call("getuid", List.of(), List.of(), (m, a) -> userId())
            .call("getpwuid", integers("uid"), List.of(), (m, a) -> user((Long) a[0]))
            .call("kill", integers("pid", "signal"), List.of(), (m, a) -> kill((Long) a[0], (Long) a[1]));

    private static final int PASSWD_FIELDS = 7;

    private PosixModule() {}

    private static List<Parameter> integers(String... names) {
        return Stream.of(names)
                .map(name -> new Parameter(name, Kind.INTEGER, true))
                .toList();
    }

    private static Long userId() {
        String id = output("id", "-u");
        return id == null ? null : Long.valueOf(id);
    }

    /** From wherever the system has its users, not only from the file. */
    private static Map<String, Object> user(long uid) {
        String line = output("getent", "passwd", Long.toString(uid));
        String[] fields = line == null ? new String[0] : line.split(":", -1);
        if (fields.length != PASSWD_FIELDS || !fields[2].equals(Long.toString(uid))) {
            return null;
        }
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("name", fields[0]);
        user.put("uid", uid);
        user.put("gid", Long.valueOf(fields[3]));
        user.put("dir", fields[5]);
        user.put("shell", fields[6]);
        return user;
    }

    /** Java itself kills with two signals only, and never its own process. */
    private static int kill(long pid, long signal) {
        return output("sh", "-c", "kill -" + signal + " " + pid) == null ? -1 : 0;
    }

    /** Null if the command failed. */
    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(Redirect.DISCARD)
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output.strip() : null;
        } catch (IOException e) {
            LOG.error("{}: {}", command[0], e.getMessage());
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
