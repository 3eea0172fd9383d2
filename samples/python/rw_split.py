"""rw_split: read from read-only servers, write to the others.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-read-only-backend-addresses=127.0.0.1:3307 --pyproxy-python-script=samples/python/rw_split.py

A client's connection is put into the pool of its backend as soon as it is logged in, and every statement borrows one: a
SELECT from a read-only backend if one has an idle connection of this user, anything else from a read/write one. Inside a
transaction, and once a statement is prepared, the client stays where it is. New connections go where fewest are idle, so the
pools fill as clients come.
"""
import re

SELECT = re.compile(r"\s*select\s")


def idle(backend, user):
    return backend.pool.users[user].cur_idle_connections


def connect_server(proxy):
    up = [(idle(b, ""), i) for i, b in enumerate(proxy.globals.backends) if b.state != proxy.BACKEND_STATE_DOWN]
    proxy.connection.backend_ndx = min(up)[1] if up else -1
    proxy.in_transaction = proxy.sticky = False


def read_auth_result(proxy, auth):
    if ord(auth.packet[0]) == proxy.MYSQLD_PACKET_OK:
        proxy.connection.backend_ndx = -1


def borrow(proxy, wanted=None):
    user = proxy.connection.client.username
    for i, backend in enumerate(proxy.globals.backends):
        if (wanted is None or backend.type == wanted) and idle(backend, user) > 0:
            proxy.connection.backend_ndx = i
            return backend.type


def reads(proxy, packet):
    query = packet[1:].lower()
    return (ord(packet[0]) == proxy.COM_QUERY and SELECT.match(query)
            and "for update" not in query and "last_insert_id" not in query)


def read_query(proxy, packet):
    if ord(packet[0]) == proxy.COM_QUIT:
        proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
        return proxy.PROXY_SEND_RESULT
    if not proxy.connection.server:
        wanted = proxy.BACKEND_TYPE_RO if reads(proxy, packet) else proxy.BACKEND_TYPE_RW
        got = borrow(proxy, wanted) or borrow(proxy)
        if got == proxy.BACKEND_TYPE_RO:
            print "read-only: " + packet[1:]
    proxy.sticky = proxy.sticky or ord(packet[0]) == proxy.COM_STMT_PREPARE
    proxy.queries.append(1, packet, resultset_is_needed=True)
    return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    if ord(inj.query[0]) == proxy.COM_QUERY:
        proxy.in_transaction = bool(inj.resultset.flags.in_trans)
    if not proxy.in_transaction and not proxy.sticky:
        proxy.connection.backend_ndx = -1


def disconnect_client(proxy):
    if not proxy.in_transaction:
        proxy.connection.backend_ndx = -1
