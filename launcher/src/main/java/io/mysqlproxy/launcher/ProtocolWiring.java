package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.Allowance;
import io.mysqlproxy.core.config.Compression;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.KillAccount;
import io.mysqlproxy.core.config.Limits;
import io.mysqlproxy.core.config.Network;
import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.config.Wrapping;
import io.mysqlproxy.launcher.option.ProtocolOptions;
import io.mysqlproxy.launcher.option.ProtocolOptions.AllowanceSettings;
import io.mysqlproxy.launcher.option.ProtocolOptions.TlsSettings;
import io.mysqlproxy.launcher.option.Setting;
import io.mysqlproxy.launcher.option.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** From the options of one plugin to how it speaks with clients and servers. */
record ProtocolWiring(CommandLine line, ProtocolOptions options) {
    ProtocolConfig config() {
        boolean asked = settings().has(options.ssl.cert()) || settings().has(options.ssl.key());
        return new ProtocolConfig(
                tls(options.ssl, asked ? TlsMode.PREFERRED : TlsMode.DISABLED),
                tls(options.backendSsl, TlsMode.PREFERRED),
                line.file(options.passwordKey),
                new Policy(
                        settings().find(options.queryAttributes).orElse(true),
                        true,
                        settings().find(options.localInfile).orElse(true),
                        settings().find(options.mariadbBulk).orElse(true),
                        settings().get(options.kill.onDisconnect()),
                        killAccount()),
                new Limits(
                        settings().get(options.maxConnections),
                        settings().get(options.maxAllowedPacket),
                        bytes(options.maxSessionMebibytes).orElse(Limits.DEFAULT.sessionBytes()),
                        bytes(options.maxTotalMebibytes).orElse(Limits.DEFAULT.totalBytes()),
                        allowance()),
                new Wrapping(
                        settings().find(options.proxyNetworks).orElse(List.of()).stream()
                                .map(Network::parse)
                                .toList(),
                        settings().get(options.announceClients),
                        settings().get(options.compress),
                        settings().get(options.compressBackends),
                        compression()));
    }

    private Allowance allowance() {
        AllowanceSettings given = options.allowance;
        return new Allowance(
                duration(given.query()),
                duration(given.transaction()),
                settings().get(given.userConnections()),
                settings().get(given.addressConnections()),
                settings().get(given.preparedStatements()));
    }

    /** A negative time means the default, which is none; the shortest is a millisecond. */
    private Duration duration(Setting<Double> setting) {
        double seconds = Math.min(settings().get(setting), Wiring.LONGEST_SECONDS);
        return Duration.ofMillis((long) Math.ceil(Math.max(0, seconds) * 1000));
    }

    private Optional<KillAccount> killAccount() {
        String named = "--" + options.kill.user().name();
        Optional<String> user = settings().find(options.kill.user());
        Optional<String> password = options.kill
                .password()
                .of(settings(), line.file(options.kill.password().file()));
        if (user.isEmpty() && password.isPresent()) {
            throw new ConfigException("a password to end statements with is of no use without " + named);
        }
        if (user.isPresent() && password.isEmpty()) {
            throw new ConfigException(named + " needs a password: --"
                    + options.kill.password().text().name() + " or --"
                    + options.kill.password().file().name());
        }
        return user.map(name -> new KillAccount(name, password.get()));
    }

    private Compression compression() {
        return new Compression(
                settings().get(options.compressionAlgorithms).stream()
                        .map(Compression.Method::parse)
                        .toList(),
                settings().get(options.zstdLevel));
    }

    private Optional<Long> bytes(Setting<Integer> mebibytes) {
        return settings().find(mebibytes).map(n -> n.longValue() << 20);
    }

    private TlsConfig tls(TlsSettings leg, TlsMode byDefault) {
        return new TlsConfig(
                settings().find(leg.mode()).orElse(byDefault),
                line.file(leg.cert()),
                line.file(leg.key()),
                line.file(leg.ca()),
                settings().get(leg.versions()));
    }

    private Settings settings() {
        return line.settings();
    }
}
