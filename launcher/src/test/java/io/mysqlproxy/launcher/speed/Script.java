package io.mysqlproxy.launcher.speed;

import io.mysqlproxy.script.ScriptScope;

/** What is run for each exchange, in both languages. */
public enum Script {
    /** None at all. */
    NONE("", ""),
    /** Looks at the packet and lets it pass. */
    LOOK("""
            function read_query(packet)
              if packet:byte() == proxy.COM_QUERY and packet:sub(2, 5) == "DROP" then print("drop") end
            end
            """, """
            def read_query(proxy, packet):
                if ord(packet[0]) == proxy.COM_QUERY and packet[1:5] == "DROP":
                    print "drop"
            """),
    /** Counts in what all connections share. */
    GLOBAL("""
            function read_query(packet)
              proxy.global.count = (proxy.global.count or 0) + 1
            end
            """, """
            count = 0
            def read_query(proxy, packet):
                global count
                count += 1
            """),
    /** Queues the command, and looks at the time it took. */
    TIME("""
            local total = 0
            function read_query(packet)
              proxy.queries:append(1, packet)
              return proxy.PROXY_SEND_QUERY
            end
            function read_query_result(inj)
              total = total + inj.query_time
            end
            """, """
            def read_query(proxy, packet):
                proxy.queries.append(1, packet)
                return proxy.PROXY_SEND_QUERY
            def read_query_result(proxy, inj):
                return inj.query_time < 0 and proxy.PROXY_IGNORE_RESULT or None
            """),
    /** Has the result held, and reads every row. */
    ROWS("""
            function read_query(packet)
              proxy.queries:append(1, packet, { resultset_is_needed = true })
              return proxy.PROXY_SEND_QUERY
            end
            function read_query_result(inj)
              local length = 0
              for row in inj.resultset.rows do length = length + #row[1] end
              if length == 0 then error("no rows") end
            end
            """, """
            def read_query(proxy, packet):
                proxy.queries.append(1, packet, resultset_is_needed=True)
                return proxy.PROXY_SEND_QUERY
            def read_query_result(proxy, inj):
                length = 0
                for row in inj.resultset.rows:
                    length += len(row[0])
                if length == 0:
                    raise Exception("no rows")
            """),
    /** Answers with a result of its own, of one row. */
    MADE("""
            local text = ("0123456789-"):rep(11):sub(1, 120)
            function read_query(packet)
              proxy.response = {
                type = proxy.MYSQLD_PACKET_OK,
                resultset = {
                  fields = { { name = "c", type = proxy.MYSQL_TYPE_STRING } },
                  rows = { { text } },
                },
              }
              return proxy.PROXY_SEND_RESULT
            end
            """, """
            text = ("0123456789-" * 11)[:120]
            def read_query(proxy, packet):
                proxy.response = {
                    'type': proxy.MYSQLD_PACKET_OK,
                    'resultset': {'fields': [("c", proxy.MYSQL_TYPE_STRING)], 'rows': [(text,)]},
                }
                return proxy.PROXY_SEND_RESULT
            """);

    private final String lua;
    private final String python;

    Script(String lua, String python) {
        this.lua = lua;
        this.python = python;
    }

    /** A plugin that runs it. */
    Proxying in(String language, ScriptScope scope) {
        return this == NONE
                ? Proxying.plain()
                : Proxying.scripted(language, scope, language.equals("lua") ? lua : python);
    }
}
