"""Rewrites every statement, and answers one of them itself."""

FROM_SCRIPT = "SELECT 'rebuilt' AS word"


def read_query(proxy, packet):
    if ord(packet[0]) != proxy.COM_QUERY:
        return
    sql = packet[1:]
    proxy.queries.append(2 if sql == FROM_SCRIPT else 1, packet[0] + "/* rewritten */ " + sql,
                         resultset_is_needed=sql == FROM_SCRIPT)
    return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    if inj.id == 2:
        field = inj.resultset.fields[0]
        proxy.response = {
            'type': proxy.MYSQLD_PACKET_OK,
            'resultset': {'fields': [(field.name, field.type)], 'rows': list(inj.resultset.rows)},
        }
        return proxy.PROXY_SEND_RESULT
