"""inject: a statement before and one after each of the client's, whose results the client never sees.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/inject.py

Before: a user variable counts the statements of the connection. After: the count is read back and printed. Try
SELECT @statements.
"""

BEFORE, CLIENT, AFTER = 1, 2, 3


def query(sql):
    return chr(proxy.COM_QUERY) + sql


def read_query(proxy, packet):
    if not packet or ord(packet[0]) != proxy.COM_QUERY:
        return
    proxy.queries.append(BEFORE, query("SET @statements = IFNULL(@statements, 0) + 1"), resultset_is_needed=True)
    proxy.queries.append(CLIENT, packet, resultset_is_needed=True)
    proxy.queries.append(AFTER, query("SELECT @statements"), resultset_is_needed=True)
    return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    if inj.id == CLIENT:
        return None  # the client's own result goes on as it is
    if inj.id == AFTER:
        for row in inj.resultset.rows:
            print "statements so far: " + row[0]
    return proxy.PROXY_IGNORE_RESULT
