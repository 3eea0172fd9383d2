package io.mysqlproxy.launcher.option;

import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a proxy plugin speaks with clients and servers, in MySQL's own words behind the plugin's name (J-27). */
public final class ProtocolOptions {
    /** With clients. */
    public final TlsSettings ssl;

    /** With servers. */
    public final TlsSettings backendSsl;

    /** The key that passwords are encrypted for. */
    public final Setting<Path> passwordKey;

    /** Whether clients may send query attributes. */
    public final Setting<Boolean> queryAttributes;

    /** Whether MariaDB's clients and servers may use bulk execution. */
    public final Setting<Boolean> mariadbBulk;

    /** Whether servers may ask clients for files. */
    public final Setting<Boolean> localInfile;

    public final Setting<Integer> maxConnections;
    public final Setting<Integer> maxAllowedPacket;
    public final Setting<Integer> maxSessionMebibytes;
    public final Setting<Integer> maxTotalMebibytes;
    public final Setting<Double> handshakeTimeout;
    public final Setting<List<String>> proxyNetworks;
    public final Setting<Boolean> announceClients;

    /** What one client may take for itself. */
    public final AllowanceSettings allowance;

    /** Whether, and in whose name, the proxy itself ends statements. */
    public final KillSettings kill;

    public final Setting<Boolean> compress;
    public final Setting<Boolean> compressBackends;
    public final Setting<List<String>> compressionAlgorithms;
    public final Setting<Integer> zstdLevel;

    private final String prefix;

    /**
     * TLS on one leg.
     *
     * @param mode none given means that it depends on the others
     */
    public record TlsSettings(
            Setting<TlsMode> mode,
            Setting<Path> cert,
            Setting<Path> key,
            Setting<Path> ca,
            Setting<List<String>> versions) {
        List<Setting<?>> all() {
            return List.of(mode, cert, key, ca, versions);
        }
    }

    /** What one client may take for itself; 0 stands for any time, and any number. */
    public record AllowanceSettings(
            Setting<Double> query,
            Setting<Double> transaction,
            Setting<Integer> userConnections,
            Setting<Integer> addressConnections,
            Setting<Integer> preparedStatements) {
        List<Setting<?>> all() {
            return List.of(query, transaction, userConnections, addressConnections, preparedStatements);
        }
    }

    /**
     * How the proxy ends statements on servers.
     *
     * @param onDisconnect whether those of clients that are gone
     * @param user the account it does so with
     * @param password that account's
     */
    public record KillSettings(Setting<Boolean> onDisconnect, Setting<String> user, Secret password) {
        List<Setting<?>> all() {
            return List.of(onDisconnect, user, password.text(), password.file());
        }
    }

    ProtocolOptions(String plugin) {
        this.prefix = plugin + "-";
        this.ssl = tls(
                "",
                "clients",
                modes(
                        "ssl-mode",
                        List.of(TlsMode.DISABLED, TlsMode.PREFERRED, TlsMode.REQUIRED, TlsMode.VERIFY_CA),
                        "TLS for clients (default: preferred with --" + prefix + "ssl-cert, else disabled)"));
        this.backendSsl = tls(
                "backend-",
                "servers",
                modes(
                        "backend-ssl-mode",
                        List.of(TlsMode.values()),
                        "TLS with servers (default: preferred, which means if they offer it)"));
        this.passwordKey = file(
                "caching-sha2-password-private-key-path",
                "RSA key that clients without TLS encrypt passwords for, made if it is not there (default: one made anew"
                        + " at each start)");
        this.queryAttributes = choice(
                "query-attributes", "relay", "off", "Whether clients may send query attributes along with statements");
        this.mariadbBulk = choice(
                "mariadb-bulk",
                "relay",
                "off",
                "Whether clients and servers of MariaDB may use bulk execution and execute while they prepare");
        this.localInfile = choice("local-infile", "allow", "deny", "Whether servers may ask clients for files");
        this.maxConnections = number("max-connections", 0, "Most clients at the same time, 0 for any number");
        this.maxAllowedPacket =
                number("max-allowed-packet", 1 << 30, "Longest command that a script is shown, in bytes");
        this.maxSessionMebibytes =
                number("max-session-buffer", 1024, "What is held for the script of one client at most, in MiB");
        this.maxTotalMebibytes = number(
                "max-total-buffer", null, "What is held for scripts at most, in MiB (default: half of the heap)");
        this.handshakeTimeout = Setting.of(
                prefix + "handshake-timeout", Kind.DECIMAL, 10.0, "<seconds>", "Longest time for each step of a login");
        this.proxyNetworks = Setting.of(
                prefix + "proxy-protocol-networks",
                Kind.LIST,
                null,
                "<address/bits>,...",
                "Where connections come from that begin with a PROXY header");
        this.announceClients =
                Setting.flag(prefix + "backend-proxy-protocol", "Tell servers the client's address in a PROXY header");
        this.allowance = allowance();
        this.kill = kill();
        this.compress = Setting.flag(prefix + "compress", "Let clients use the compressed protocol");
        this.compressBackends =
                Setting.flag(prefix + "backend-compress", "Use the compressed protocol with servers that have it");
        this.compressionAlgorithms = Setting.of(
                prefix + "compression-algorithms",
                Kind.LIST,
                List.of("zlib", "zstd"),
                "<name>,...",
                "Which of zlib and zstd may be used, the one to prefer with servers first");
        this.zstdLevel = number("zstd-compression-level", 3, "How hard zstd compresses, from 1 to 22");
    }

    /** All of them, for parsing and help. */
    List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(ssl.all());
        all.addAll(backendSsl.all());
        all.add(passwordKey);
        all.addAll(List.of(
                queryAttributes,
                mariadbBulk,
                localInfile,
                maxConnections,
                maxAllowedPacket,
                maxSessionMebibytes,
                maxTotalMebibytes,
                handshakeTimeout,
                proxyNetworks,
                announceClients,
                compress,
                compressBackends,
                compressionAlgorithms,
                zstdLevel));
        all.addAll(allowance.all());
        all.addAll(kill.all());
        return all;
    }

    private AllowanceSettings allowance() {
        return new AllowanceSettings(
                seconds("query-timeout", "Longest time for a statement, which is killed then, 0 for any"),
                seconds("transaction-timeout", "Longest time that an open transaction waits for its client, 0 for any"),
                number("max-user-connections", 0, "Most clients of one user name, 0 for any number"),
                number("max-address-connections", 0, "Most clients from one address, 0 for any number"),
                number("max-prepared-statements", 0, "Most prepared statements of one client, 0 for any number"));
    }

    private Setting<Double> seconds(String rest, String description) {
        return Setting.of(prefix + rest, Kind.DECIMAL, 0.0, "<seconds>", description);
    }

    private KillSettings kill() {
        return new KillSettings(
                Setting.flag(
                        prefix + "kill-on-disconnect",
                        "End statements of clients that are gone; without --" + prefix + "kill-user only where a script"
                                + " keeps idle connections of the same user in the pool"),
                Setting.of(
                        prefix + "kill-user",
                        Kind.TEXT,
                        null,
                        "<string>",
                        "Account that the proxy itself ends statements with: one that may end those of others, or the one"
                                + " that clients use"),
                new Secret(
                        Setting.of(
                                prefix + "kill-password",
                                Kind.TEXT,
                                null,
                                "<string>",
                                "Its password; best in the defaults file"),
                        file(
                                "kill-password-file",
                                "Or a file that has it in the first line; others must not read it")));
    }

    private TlsSettings tls(String leg, String others, Setting<TlsMode> mode) {
        return new TlsSettings(
                mode,
                file(leg + "ssl-cert", "Certificate to show to " + others + ", PEM"),
                file(leg + "ssl-key", "Its private key, PEM"),
                file(leg + "ssl-ca", "Authorities that sign certificates of " + others + ", PEM"),
                Setting.of(
                        prefix + leg + "tls-version",
                        Kind.LIST,
                        TlsConfig.VERSIONS,
                        "<version>,...",
                        "Versions of TLS to speak with " + others));
    }

    /** One of two words; the first one is the default. */
    private Setting<Boolean> choice(String rest, String on, String off, String description) {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put(on, true);
        words.put(off, false);
        String placeholder = "(" + on + "|" + off + ")";
        return Setting.of(prefix + rest, Kind.oneOf(words), null, placeholder, description + " (default: " + on + ")");
    }

    private Setting<Integer> number(String rest, Integer fallback, String description) {
        return Setting.of(prefix + rest, Kind.INTEGER, fallback, "<n>", description);
    }

    private Setting<Path> file(String rest, String description) {
        return Setting.of(prefix + rest, Kind.FILE, null, "<file>", description);
    }

    private Setting<TlsMode> modes(String rest, List<TlsMode> modes, String description) {
        Map<String, TlsMode> words = new LinkedHashMap<>();
        modes.forEach(mode -> words.put(mode.name().toLowerCase(Locale.ROOT), mode));
        return Setting.of(
                prefix + rest,
                Kind.oneOf(words),
                null,
                "<mode>",
                description + ", one of " + String.join(", ", words.keySet()));
    }
}
