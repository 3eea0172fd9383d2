"""firewall: refuse statements that match a pattern.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/firewall.py

Patterns see the statement in lower case, with comments taken out and blanks made single. They know nothing of strings: a
harmless 'drop table' in quotes is refused as well.
"""
import re

RULES = [
    (re.compile(r"^drop "), "DROP is not allowed"),
    (re.compile(r"^truncate "), "TRUNCATE is not allowed"),
    (re.compile(r"[ (]sleep ?\("), "SLEEP is not allowed"),
    (re.compile(r" union .*select "), "UNION SELECT is not allowed"),
]
NEEDS_WHERE = ("delete", "update")
COMMENT = re.compile(r"/\*.*?\*/|-- [^\n]*", re.S)


def normalized(query):
    return re.sub(r"\s+", " ", COMMENT.sub(" ", query.lower())).lstrip(" ")


def reason(text):
    for pattern, why in RULES:
        if pattern.search(text):
            return why
    verb = re.match(r"[a-z]*", text).group()
    if verb in NEEDS_WHERE and " where " not in text:
        return verb.upper() + " without WHERE is not allowed"


def read_query(proxy, packet):
    if not packet or ord(packet[0]) not in (proxy.COM_QUERY, proxy.COM_STMT_PREPARE):
        return None
    why = reason(normalized(packet[1:]))
    if why:
        print "refused: %s: %s" % (proxy.connection.client.username, packet[1:])
        proxy.response = {'type': proxy.MYSQLD_PACKET_ERR, 'errcode': 1142, 'sqlstate': "42000", 'errmsg': why}
        return proxy.PROXY_SEND_RESULT
