package io.mysqlproxy.launcher.client;

import java.util.List;

/**
 * What lies between a client and a server.
 *
 * @param clientTls between client and proxy
 * @param backendTls between proxy and server
 */
record Route(Target target, Script script, boolean clientTls, boolean backendTls) {
    /** The four mixes of legs over the four scripts: another one for each server, so that each pair of choices occurs. */
    static Route of(Target target, Script script) {
        int mix = (script.ordinal() + target.ordinal()) % 4;
        return new Route(target, script, mix == 0 || mix == 3, target.hasTls && (mix == 0 || mix == 1));
    }

    /** Two routes for each client and server; the other two on its next server. */
    static List<Route> of(Target target, Client client) {
        int first = (client.ordinal() + target.ordinal()) % 2;
        return List.of(of(target, Script.values()[first]), of(target, Script.values()[first + 2]));
    }

    /** Lua for two clients, Python for the next two, and the other way round with the next script. */
    boolean isPython(Client client) {
        return (client.ordinal() / 2 + script.ordinal()) % 2 == 1;
    }
}
