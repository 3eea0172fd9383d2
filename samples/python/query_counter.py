"""query_counter: count statements, of this connection and of all, and show them as a table that no server has.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/query_counter.py

SHOW QUERYCOUNTER     the counters        RESET QUERYCOUNTER    start anew

An attribute of proxy belongs to the connection, proxy.globals to all connections.
"""

proxy.globals.count = 0


def show(proxy):
    proxy.response = {
        'type': proxy.MYSQLD_PACKET_OK,
        'resultset': {
            'fields': [('scope', proxy.MYSQL_TYPE_VAR_STRING), ('statements', proxy.MYSQL_TYPE_LONGLONG)],
            'rows': [('connection', getattr(proxy, 'count', 0)), ('all', proxy.globals.count)],
        },
    }


def read_query(proxy, packet):
    if not packet or ord(packet[0]) != proxy.COM_QUERY:
        return None
    query = packet[1:].upper()
    if query == "SHOW QUERYCOUNTER":
        show(proxy)
        return proxy.PROXY_SEND_RESULT
    elif query == "RESET QUERYCOUNTER":
        proxy.count = proxy.globals.count = 0
        proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
        return proxy.PROXY_SEND_RESULT
    proxy.count = getattr(proxy, 'count', 0) + 1
    proxy.globals.count += 1
