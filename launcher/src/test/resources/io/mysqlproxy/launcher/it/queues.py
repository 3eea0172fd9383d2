"""Queues every command that has an answer, which passes while it comes in."""

UNANSWERED = (proxy.COM_QUIT, proxy.COM_STMT_CLOSE, proxy.COM_STMT_SEND_LONG_DATA)


def read_query(proxy, packet):
    if ord(packet[0]) not in UNANSWERED:
        proxy.queries.append(1, packet)
        return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    assert inj.id == 1
