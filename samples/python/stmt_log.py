"""stmt_log: follow prepared statements from PREPARE to CLOSE, by their text.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/stmt_log.py

EXECUTE and CLOSE carry a number only. The answer to PREPARE says which one, so it is held until its number is noted; the
notes are on proxy, since numbers are per connection.
"""
import struct

# MariaDB's clients execute a statement for many rows at once with it
BULK_EXECUTE = 250


def number(bytes, at):
    return struct.unpack_from("<I", bytes, at)[0]


def texts(proxy):
    if not hasattr(proxy, 'statements'):
        proxy.statements = {}
    return proxy.statements


def read_query(proxy, packet):
    command = ord(packet[0]) if packet else None
    if command == proxy.COM_STMT_PREPARE:
        proxy.queries.append(1, packet, resultset_is_needed=True)
        return proxy.PROXY_SEND_QUERY
    elif command == proxy.COM_STMT_EXECUTE:
        print "execute: " + texts(proxy).get(number(packet, 1), "?")
    elif command == BULK_EXECUTE:
        print "bulk execute: " + texts(proxy).get(number(packet, 1), "?")
    elif command == proxy.COM_STMT_CLOSE:
        print "close: " + texts(proxy).pop(number(packet, 1), "?")


def read_query_result(proxy, inj):
    raw, text = inj.resultset.raw, inj.query[1:]
    if ord(raw[0]) == proxy.MYSQLD_PACKET_OK:
        texts(proxy)[number(raw, 1)] = text
        print "prepare: %s (%d parameters)" % (text, ord(raw[7]) + ord(raw[8]) * 256)
    else:
        print "prepare failed: " + text
