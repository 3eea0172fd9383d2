"""rewrite: change statements on their way to the server.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/rewrite.py

Two rules: statements that still name the table "customer" are meant for "customers", and a SELECT from it without a LIMIT
gets one. Everything else passes untouched.
"""
import re

LIMIT = 3


def rewrite(sql):
    new, renamed = re.subn(r"([\s`])customer([\s`,;])", r"\1customers\2", sql)
    if renamed == 0:
        new, renamed = re.subn(r"(\s)customer$", r"\1customers", sql)
    if renamed and re.match(r"\s*select\s", new, re.I) and not re.search(r"\slimit\s", new, re.I):
        new += " LIMIT %d" % LIMIT
    return new


def read_query(proxy, packet):
    if not packet or ord(packet[0]) != proxy.COM_QUERY:
        return
    sql = packet[1:]
    new = rewrite(sql)
    if new != sql:
        proxy.queries.append(1, chr(proxy.COM_QUERY) + new)
        return proxy.PROXY_SEND_QUERY
