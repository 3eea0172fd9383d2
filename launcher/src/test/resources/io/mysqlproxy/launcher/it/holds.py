"""Queues every command that has an answer, and holds the answer until all of it is there."""

UNANSWERED = (proxy.COM_QUIT, proxy.COM_STMT_CLOSE, proxy.COM_STMT_SEND_LONG_DATA)


def read_query(proxy, packet):
    if ord(packet[0]) not in UNANSWERED:
        proxy.queries.append(1, packet, resultset_is_needed=True)
        return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    assert inj.id == 1
