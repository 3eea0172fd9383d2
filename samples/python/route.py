"""route: choose the server by the client's name, or by a hint in the statement.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-read-only-backend-addresses=127.0.0.1:3307 --pyproxy-python-script=samples/python/route.py

The user 'report' reads from read-only servers, everybody else from read/write ones; a statement that begins with the comment
/* read-only */ or /* read/write */ says itself where it goes. EXPLAIN ROUTE and a statement shows the choice. Connections are
lent as in rw_split: where no idle one of the user is found, any other will do.
"""
import re

USERS = {"report": "read-only"}
TYPES = {"read/write": proxy.BACKEND_TYPE_RW, "read-only": proxy.BACKEND_TYPE_RO}
HINT = re.compile(r"\s*/\*\s*(read-only|read/write)\s*\*/")


def route(proxy, query):
    hint = HINT.match(query)
    return hint.group(1) if hint else USERS.get(proxy.connection.client.username, "read/write")


def connect_server(proxy):
    up = [(backend.pool.users[""].cur_idle_connections, i) for i, backend in enumerate(proxy.globals.backends)
          if backend.state != proxy.BACKEND_STATE_DOWN]
    proxy.connection.backend_ndx = min(up)[1] if up else -1


def read_auth_result(proxy, auth):
    if ord(auth.packet[0]) == proxy.MYSQLD_PACKET_OK:
        proxy.connection.backend_ndx = -1


def borrow(proxy, wanted=None):
    user = proxy.connection.client.username
    for i, backend in enumerate(proxy.globals.backends):
        if (wanted is None or backend.type == wanted) and backend.pool.users[user].cur_idle_connections > 0:
            proxy.connection.backend_ndx = i
            return True


def explain(proxy, query):
    proxy.response = {
        'type': proxy.MYSQLD_PACKET_OK,
        'resultset': {'fields': ['route'], 'rows': [[route(proxy, query)]]},
    }
    return proxy.PROXY_SEND_RESULT


def read_query(proxy, packet):
    query = packet[1:] if ord(packet[0]) == proxy.COM_QUERY else ""
    if query.startswith("EXPLAIN ROUTE "):
        return explain(proxy, query[len("EXPLAIN ROUTE "):])
    elif ord(packet[0]) == proxy.COM_QUIT:
        proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
        return proxy.PROXY_SEND_RESULT
    if not proxy.connection.server and not borrow(proxy, TYPES[route(proxy, query)]):
        borrow(proxy)
    proxy.queries.append(1, packet, resultset_is_needed=True)
    return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    simple = ord(inj.query[0]) in (proxy.COM_QUERY, proxy.COM_PING)
    if simple and not inj.resultset.flags.in_trans:
        proxy.connection.backend_ndx = -1
