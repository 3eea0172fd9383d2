"""The same in Python."""
state = {"reused": 0, "results": "", "keep": False, "user": ""}


def connect_server(proxy):
    proxy.connection.backend_ndx = 0
    if proxy.connection.server:
        state["reused"] += 1
        return proxy.PROXY_IGNORE_RESULT


def read_auth(proxy):
    state["user"] = proxy.connection.client.username


def read_auth_result(proxy, auth):
    state["results"] += "%d " % ord(auth.packet[0])


def read_query(proxy, packet):
    if ord(packet[0]) == proxy.COM_QUIT:
        if state["keep"]:
            proxy.connection.backend_ndx = -1
        proxy.response.type = proxy.MYSQLD_PACKET_OK
        return proxy.PROXY_SEND_RESULT
    text = packet[1:]
    if text in ("SEEN", "KEEP"):
        state["keep"] = state["keep"] or text == "KEEP"
        seen = "%(user)s: %(results)sreused %(reused)d" % state
        state["results"] = ""
        proxy.response.type = proxy.MYSQLD_PACKET_OK
        proxy.response.resultset = {"fields": [("seen", proxy.MYSQL_TYPE_STRING)], "rows": [(seen,)]}
        return proxy.PROXY_SEND_RESULT
