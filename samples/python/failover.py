"""failover: a standby serves when no primary can be reached.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-read-only-backend-addresses=127.0.0.1:3307 --pyproxy-python-script=samples/python/failover.py

SHOW BACKENDS     what is known of them

A connection that fails makes its backend DOWN and calls connect_server again; a few seconds later it counts as unknown, and
is tried once more. The proxy itself never chooses a read-only backend: the script does.
"""

STATES = ("unknown", "up", "down")
TYPES = ("unknown", "primary", "standby")


def find(proxy, wanted):
    for i, backend in enumerate(proxy.globals.backends):
        if backend.type == wanted and backend.state != proxy.BACKEND_STATE_DOWN:
            return i
    return -1


def connect_server(proxy):
    primary = find(proxy, proxy.BACKEND_TYPE_RW)
    standby = find(proxy, proxy.BACKEND_TYPE_RO)
    if primary < 0 and standby >= 0:
        print "no primary: a standby serves"
    proxy.connection.backend_ndx = primary if primary >= 0 else standby


def read_query(proxy, packet):
    if packet[1:].upper() != "SHOW BACKENDS":
        return None
    rows = [(TYPES[b.type], STATES[b.state], b.connected_clients) for b in proxy.globals.backends]
    proxy.response = {
        'type': proxy.MYSQLD_PACKET_OK,
        'resultset': {'fields': ['type', 'state', 'clients'], 'rows': rows},
    }
    return proxy.PROXY_SEND_RESULT
