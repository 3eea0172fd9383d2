package io.mysqlproxy.core.compress;

import com.github.luben.zstd.util.Native;
import io.mysqlproxy.core.config.Compression;
import io.mysqlproxy.core.config.Compression.Method;
import io.mysqlproxy.core.config.Wrapping;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native part of zstd, which is unpacked into a temporary folder: where nothing there may be executed, zlib has to do. */
public final class ZstdLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(ZstdLibrary.class);

    private ZstdLibrary() {}

    /** The same, but without zstd if that is asked for and cannot be loaded; tried at the start, not at somebody's login. */
    public static Wrapping orZlib(Wrapping wanted) {
        return orZlib(wanted, Native::load);
    }

    static Wrapping orZlib(Wrapping wanted, Runnable load) {
        boolean compressed = wanted.compressClients() || wanted.compressBackends();
        if (!compressed || !wanted.compression().methods().contains(Method.ZSTD)) {
            return wanted;
        }
        try {
            load.run();
            return wanted;
        } catch (LinkageError e) {
            LOG.warn(
                    "zstd is not offered, zlib is: its native library does not load from {} (java.io.tmpdir): {}",
                    System.getProperty("java.io.tmpdir"),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            Compression zlib =
                    new Compression(List.of(Method.ZLIB), wanted.compression().zstdLevel());
            return new Wrapping(
                    wanted.proxyNetworks(),
                    wanted.announceClients(),
                    wanted.compressClients(),
                    wanted.compressBackends(),
                    zlib);
        }
    }
}
