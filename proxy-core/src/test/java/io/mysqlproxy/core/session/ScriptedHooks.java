package io.mysqlproxy.core.session;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Hooks as lambdas; those that are null are not defined. Records every call. */
final class ScriptedHooks implements Hooks {
    final List<String> calls = new ArrayList<>();
    Supplier<Decision> connectServer;
    Supplier<Decision> readHandshake;
    Supplier<Decision> readAuth;
    Function<Bytes, Decision> readAuthResult;
    Function<Bytes, Decision> readQuery;
    Function<Injection, Decision> readQueryResult;
    Runnable disconnectClient;

    @Override
    public boolean wants(Hook hook) {
        return switch (hook) {
            case CONNECT_SERVER -> connectServer != null;
            case READ_HANDSHAKE -> readHandshake != null;
            case READ_AUTH -> readAuth != null;
            case READ_AUTH_RESULT -> readAuthResult != null;
            case READ_QUERY -> readQuery != null;
            case READ_QUERY_RESULT -> readQueryResult != null;
            case DISCONNECT_CLIENT -> true;
        };
    }

    @Override
    public Decision connectServer() {
        return call("connect_server", connectServer);
    }

    @Override
    public Decision readHandshake() {
        return call("read_handshake", readHandshake);
    }

    @Override
    public Decision readAuth() {
        return call("read_auth", readAuth);
    }

    @Override
    public Decision readAuthResult(Bytes packet) {
        calls.add("read_auth_result " + (packet.array()[0] & 0xFF));
        return readAuthResult.apply(packet);
    }

    @Override
    public Decision readQuery(Bytes packet) {
        calls.add("read_query " + text(packet));
        return readQuery.apply(packet);
    }

    @Override
    public Decision readQueryResult(Injection injection) {
        calls.add("read_query_result " + injection.id());
        return readQueryResult.apply(injection);
    }

    @Override
    public void disconnectClient() {
        calls.add("disconnect_client");
        if (disconnectClient != null) {
            disconnectClient.run();
        }
    }

    /** How often the client connection ended. */
    long ends() {
        return calls.stream().filter("disconnect_client"::equals).count();
    }

    private Decision call(String name, Supplier<Decision> hook) {
        calls.add(name);
        return hook == null ? Decision.PROCEED : hook.get();
    }

    private static String text(Bytes packet) {
        String text = packet.toLatin1();
        return text.isEmpty() ? "" : (int) text.charAt(0) + " " + text.substring(1);
    }
}
