"""Asks something of its own before and after each SELECT, and keeps the answers to itself."""


def read_query(proxy, packet):
    if ord(packet[0]) == proxy.COM_QUERY and packet[1:7].upper() == "SELECT":
        proxy.queries.append(2, chr(proxy.COM_QUERY) + "SELECT 'before'", resultset_is_needed=True)
        proxy.queries.append(1, packet)
        if ";" not in packet:
            proxy.queries.append(2, chr(proxy.COM_PING), resultset_is_needed=True)
        return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    if inj.id == 2:
        return proxy.PROXY_IGNORE_RESULT
