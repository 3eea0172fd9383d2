package io.mysqlproxy.launcher.module;

import io.mysqlproxy.script.ScriptException;
import org.junit.jupiter.api.Test;

/** What scripts remember of connections in pools: not more than some, and nothing wrong of those that were forgotten. */
class LentConnectionsTest {
    @Test
    void inLua() throws ScriptException {
        try (ModuleFixture lua = ModuleFixture.lua()) {
            lua.run("""
                    local lent = require("proxy.lent")
                    local function on(id)
                        proxy.connection = { server = { dst = { name = "a:1" }, thread_id = id } }
                    end
                    lent.MOST = 100
                    for i = 1, 1000 do on(i) lent.is_new() on(1) lent.current() end
                    local count = 0
                    for _ in pairs(proxy.global.lent_connections.by_key) do count = count + 1 end
                    assert(count <= 100 and count == proxy.global.lent_connections.count)
                    on(1000) assert(#lent.current().settings == 0)
                    on(1) assert(#lent.current().settings == 0)
                    on(2) assert(lent.current().settings[1] == "?")
                    on(1000) lent.record(lent.current().settings, "SET a = 1") lent.record(lent.current().settings, "SET a = 2")
                    assert(table.concat(lent.current().settings) == "SET a = 2")
                    lent.is_new() assert(lent.current().settings[1] == "?")
                    lent.forget() lent.is_new() assert(#lent.current().settings == 0)
                    """);
        }
    }

    @Test
    void inPython() throws ScriptException {
        try (ModuleFixture python = ModuleFixture.python()) {
            python.run("""
                    import proxy.pooling as pooling
                    class Server(object):
                        class dst(object):
                            name = 'a:1'
                        def __init__(self, thread_id):
                            self.thread_id = thread_id
                    pooling._MOST_CONNECTIONS = 100
                    client = pooling.Session()
                    for i in range(1, 1001):
                        pooling.is_new(Server(i))
                        assert client.fits(Server(1))
                    assert len(pooling._connections) <= 100
                    assert client.fits(Server(1000)) and not client.fits(Server(2))
                    pooling.set_on(Server(1000), 'SET a = 1')
                    pooling.is_new(Server(1000))
                    assert not client.fits(Server(1000))
                    pooling.was_reset(Server(1000), 'SET NAMES x')
                    assert client.fits(Server(1000)) and pooling.names(Server(1000)) == 'SET NAMES x'
                    pooling.forget(Server(1000))
                    pooling.is_new(Server(1000))
                    assert client.fits(Server(1000)) and pooling.names(Server(1000)) is None
                    """);
        }
    }
}
