"""scope: where a counter has to live so that it lives as long as it should.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/scope.py

SHOW COUNTERS     three counters        RESET COUNTERS    start anew

A Python script has global scope: its top level runs once, so a module-level variable lasts as long as the process, for all
connections. What belongs to one of them goes on proxy, what is for one hook is local to a function. The Lua twin has
execution scope: there a file-level local starts anew for each hook, and what has to last goes into proxy.global.
"""

process = 0


def count(proxy, hook):
    global process
    process += 1
    proxy.mine = getattr(proxy, 'mine', 0) + 1
    return hook + 1


def show(proxy, hook):
    proxy.response = {
        'type': proxy.MYSQLD_PACKET_OK,
        'resultset': {
            'fields': [('lives for', proxy.MYSQL_TYPE_VAR_STRING), ('count', proxy.MYSQL_TYPE_LONGLONG)],
            'rows': [('one hook', hook), ('one connection', proxy.mine), ('the process', process)],
        },
    }


def read_query(proxy, packet):
    global process
    hook = 0
    query = packet[1:].upper()
    if query == "RESET COUNTERS":
        proxy.mine = process = 0
        proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
        return proxy.PROXY_SEND_RESULT
    hook = count(proxy, hook)
    if query == "SHOW COUNTERS":
        show(proxy, hook)
        return proxy.PROXY_SEND_RESULT
