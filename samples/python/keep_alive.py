"""keep_alive: keep server connections when their clients go, and give them to the next ones.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/keep_alive.py

The goodbye of the client stays here, so that the server's connection lives; when the client has gone the connection goes to
the pool of its backend. A new client takes it over: it gets the greeting of that connection, and is logged in by
COM_CHANGE_USER.
"""


def connect_server(proxy):
    for i, backend in enumerate(proxy.globals.backends):
        if backend.state != proxy.BACKEND_STATE_DOWN and backend.pool.users[""].cur_idle_connections > 0:
            proxy.connection.backend_ndx = i
            print "taking an idle connection"
            return proxy.PROXY_IGNORE_RESULT
    print "opening a connection"


def read_query(proxy, packet):
    if packet and ord(packet[0]) == proxy.COM_QUIT:
        proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
        return proxy.PROXY_SEND_RESULT


def disconnect_client(proxy):
    proxy.connection.backend_ndx = -1
