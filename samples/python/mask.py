"""mask: hide cells of a result before the client sees it.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/mask.py

Columns called "card" or "password" keep their last four characters; the rest turns into stars. Results without such a
column pass as the server sent them, and so do NULLs. Prepared statements are not masked: their rows are binary, and a
result that a script makes up is text.
"""

SECRET = ("card", "password")
VISIBLE = 4


def mask(text):
    hidden = max(0, len(text) - VISIBLE)
    return "*" * hidden + text[hidden:]


def read_query(proxy, packet):
    if packet and ord(packet[0]) == proxy.COM_QUERY:
        proxy.queries.append(1, packet, resultset_is_needed=True)
        return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    try:
        columns = inj.resultset.fields
    except ValueError:
        return None  # an OK or ERR packet has no columns
    hidden = [i for i, column in enumerate(columns) if column.name.lower() in SECRET]
    if not hidden:
        return None
    rows = []
    for row in inj.resultset.rows:
        cells = list(row)
        for i in hidden:
            if cells[i] is not None:
                cells[i] = mask(cells[i])
        rows.append(cells)
    proxy.response = {
        'type': proxy.MYSQLD_PACKET_OK,
        'resultset': {'fields': [(column.name, column.type) for column in columns], 'rows': rows},
    }
    return proxy.PROXY_SEND_RESULT
