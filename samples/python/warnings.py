"""warnings: look for warnings after each statement, and print them.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/warnings.py

The result says how many warnings there are; only then SHOW WARNINGS is injected. The client's own result has gone on by
then, and it gets nothing of this.
"""

CLIENT, WARNINGS = 1, 2


def read_query(proxy, packet):
    if packet and ord(packet[0]) == proxy.COM_QUERY:
        proxy.queries.append(CLIENT, packet, resultset_is_needed=True)
        return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    if inj.id == CLIENT:
        if inj.resultset.warning_count > 0:
            proxy.queries.append(WARNINGS, chr(proxy.COM_QUERY) + "SHOW WARNINGS", resultset_is_needed=True)
        return None
    for row in inj.resultset.rows:
        print "%s %s: %s" % row
    return proxy.PROXY_IGNORE_RESULT
