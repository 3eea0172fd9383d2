package io.mysqlproxy.core.config;

import java.util.List;

/**
 * What conversations are wrapped in.
 *
 * @param proxyNetworks where connections come from that begin with a PROXY header, in the form 10.0.0.0/8
 * @param announceClients whether backends are sent a PROXY header with the client's address
 * @param compressClients whether clients may compress
 * @param compressBackends whether backends that can are asked to compress
 * @param compression how
 */
public record Wrapping(
        List<Network> proxyNetworks,
        boolean announceClients,
        boolean compressClients,
        boolean compressBackends,
        Compression compression) {
    /** Nothing. */
    public static final Wrapping NONE = new Wrapping(List.of(), false, false, false);

    /** With every method of compression. */
    public Wrapping(
            List<Network> proxyNetworks, boolean announceClients, boolean compressClients, boolean compressBackends) {
        this(proxyNetworks, announceClients, compressClients, compressBackends, Compression.DEFAULT);
    }

    public Wrapping {
        proxyNetworks = List.copyOf(proxyNetworks);
    }
}
