package io.mysqlproxy.core.admin;

import io.mysqlproxy.core.query.QueryStats;
import io.mysqlproxy.core.script.PluginScript;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.Session;
import java.util.List;
import java.util.Map;

/** The running server as the console sees it. Any thread. */
public interface Control {
    /** The proxy plugins, in order. */
    List<Plugin> plugins();

    /** The scripts of all plugins, in order. */
    List<PluginScript> scripts();

    /** Everybody who is connected, the administrators included. */
    List<Session> sessions();

    /** What clients ask. */
    QueryStats statements();

    /** The options and their values; no secrets. */
    Map<String, String> options();

    /** Asks for the end of the process, which goes on meanwhile. */
    void shutdown();
}
