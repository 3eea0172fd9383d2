"""query_time: print the statements that take long.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/query_time.py

query_time is the time until the answer begins, response_time until it ends, both in microseconds from the moment the
statement was queued.
"""

LIMIT = 200 * 1000


def read_query(proxy, packet):
    if packet and ord(packet[0]) == proxy.COM_QUERY:
        proxy.queries.append(1, packet)
        return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    if inj.response_time >= LIMIT:
        first, last = inj.query_time / 1000.0, inj.response_time / 1000.0
        print "slow: %.3f ms to the first row, %.3f ms to the last: %s" % (first, last, inj.query[1:])
