"""union: ask several servers, and give the client all rows as one result.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306,127.0.0.1:3307 --pyproxy-python-script=samples/python/union.py

EVERYWHERE and a SELECT goes to one backend after the other. Connections are lent as in rw_split: each backend is asked that
has an idle connection of this user, so the second one takes part from the second client on. What the result looks like is up
to the first server.
"""

EVERYWHERE = "EVERYWHERE "


def lend(proxy, wanted):
    user = proxy.connection.client.username
    for i, backend in enumerate(proxy.globals.backends):
        if i >= wanted and backend.pool.users[user].cur_idle_connections > 0:
            proxy.connection.backend_ndx = i
            return i


def connect_server(proxy):
    up = [(backend.pool.users[""].cur_idle_connections, i) for i, backend in enumerate(proxy.globals.backends)
          if backend.state != proxy.BACKEND_STATE_DOWN]
    proxy.connection.backend_ndx = min(up)[1] if up else -1
    proxy.at = None


def read_auth_result(proxy, auth):
    if ord(auth.packet[0]) == proxy.MYSQLD_PACKET_OK:
        proxy.connection.backend_ndx = -1


def read_query(proxy, packet):
    if ord(packet[0]) == proxy.COM_QUIT:
        proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
        return proxy.PROXY_SEND_RESULT
    everywhere = ord(packet[0]) == proxy.COM_QUERY and packet[1:].startswith(EVERYWHERE)
    proxy.all = {'fields': None, 'rows': []} if everywhere else None
    if not proxy.connection.server:
        proxy.at = lend(proxy, 0)
    command = packet[0] + packet[1 + len(EVERYWHERE):] if everywhere else packet
    proxy.queries.append(1, command, resultset_is_needed=True)
    return proxy.PROXY_SEND_QUERY


def collect(proxy, res):
    if not proxy.all['fields']:
        proxy.all['fields'] = [(field.name, field.type) for field in res.fields]
    proxy.all['rows'].extend(res.rows)


def read_query_result(proxy, inj):
    try:
        if proxy.all is not None:
            collect(proxy, inj.resultset)
    except ValueError:
        proxy.all = None  # no result set: the server's own answer goes to the client
    proxy.connection.backend_ndx = -1
    if proxy.all is None:
        return None
    proxy.at = lend(proxy, proxy.at + 1) if proxy.at is not None else None
    if proxy.at is not None:
        proxy.queries.append(1, inj.query, resultset_is_needed=True)
        return proxy.PROXY_IGNORE_RESULT
    proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'resultset': proxy.all}
    return proxy.PROXY_SEND_RESULT
