"""query_log: who asked what, how long the server took, how many rows came back.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/query_log.py

A hook that only looks has to queue the command itself, so that read_query_result is told about the answer. The answer
still reaches the client while it comes in: nothing is held back.
"""
import struct

# MariaDB's clients execute a statement for many rows at once with it
BULK_EXECUTE = 250

LOGGED = (proxy.COM_QUERY, proxy.COM_STMT_PREPARE, proxy.COM_STMT_EXECUTE, BULK_EXECUTE)


def describe(packet):
    command = ord(packet[0])
    if command in (proxy.COM_STMT_EXECUTE, BULK_EXECUTE):
        name = "BULK EXECUTE" if command == BULK_EXECUTE else "EXECUTE"
        if len(packet) < 5:
            return name + " statement without a number"
        return "%s statement %d" % (name, struct.unpack("<I", packet[1:5])[0])
    return packet[1:]


def read_query(proxy, packet):
    if packet and ord(packet[0]) in LOGGED:
        proxy.queries.append(1, packet)
        return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    client = proxy.connection.client
    print "%s@%s [%s] %.3f ms, %d rows: %s" % (
        client.username, client.src.name, client.default_db,
        inj.response_time / 1000.0, inj.resultset.row_count, describe(inj.query))
