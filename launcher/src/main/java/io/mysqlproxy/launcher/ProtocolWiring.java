package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.launcher.option.ProtocolOptions;
import io.mysqlproxy.launcher.option.ProtocolOptions.TlsSettings;
import io.mysqlproxy.launcher.option.Settings;

/** From the options of one plugin to how it speaks with clients and servers. */
record ProtocolWiring(CommandLine line, ProtocolOptions options) {
    ProtocolConfig config() {
        boolean asked = settings().has(options.ssl.cert()) || settings().has(options.ssl.key());
        return new ProtocolConfig(
                tls(options.ssl, asked ? TlsMode.PREFERRED : TlsMode.DISABLED),
                tls(options.backendSsl, TlsMode.PREFERRED),
                line.file(options.passwordKey),
                settings().find(options.queryAttributes).orElse(true));
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
