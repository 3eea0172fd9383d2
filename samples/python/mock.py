"""mock: play a server that does not exist.

bin/launcher --plugins=pyproxy --pyproxy-python-script=samples/python/mock.py

connect_server answers with a greeting of its own, so no backend is looked for; every login is accepted; read_query answers
everything. SELECT @@name AS alias, ... is what drivers ask when they connect: unknown variables are 0.
"""
import re

GREETING = ("\n8.0.0-mock\0"  # protocol 10, version
            "\1\0\0\0"  # connection id
            "01234567\0"  # scramble, first part
            "\x0d\xa2\x2d\2\0"  # capabilities, low half; utf8mb4; auto-commit
            "\x08\0\x15"  # high half: authentication plugins; length of the scramble
            + "\0" * 10
            + "890123456789\0mysql_native_password\0")

VARIABLES = {
    "character_set_client": "utf8mb4",
    "character_set_connection": "utf8mb4",
    "character_set_results": "utf8mb4",
    "character_set_server": "utf8mb4",
    "collation_connection": "utf8mb4_general_ci",
    "collation_server": "utf8mb4_general_ci",
    "license": "mock",
    "max_allowed_packet": "67108864",
    "sql_mode": "",
    "system_time_zone": "UTC",
    "time_zone": "SYSTEM",
    "transaction_isolation": "REPEATABLE-READ",
    "version_comment": "mock",
}
COMMENT = re.compile(r"/\*.*?\*/\s*", re.S)
VARIABLE = re.compile(r"@@([\w.]+)(?:\s+as\s+(\w+))?", re.I)


def answer(proxy, names, row):
    fields = [(name, proxy.MYSQL_TYPE_VAR_STRING) for name in names]
    proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'resultset': {'fields': fields, 'rows': [row]}}


def variables(proxy, query):
    found = VARIABLE.findall(query)
    names = [alias or "@@" + name for name, alias in found]
    answer(proxy, names, [VARIABLES.get(name.split(".")[-1], "0") for name, alias in found])


def connect_server(proxy):
    proxy.response = {'type': proxy.MYSQLD_PACKET_RAW, 'packets': [GREETING]}
    return proxy.PROXY_SEND_RESULT


def read_query(proxy, packet):
    query = COMMENT.sub("", packet[1:], 1) if ord(packet[0]) == proxy.COM_QUERY else ""
    lower = query.lower()
    if lower.startswith("echo "):
        answer(proxy, ["echo"], [query[5:]])
    elif re.match(r"select\s+@@", lower):
        variables(proxy, query)
    elif lower.startswith("select "):
        proxy.response = {
            'type': proxy.MYSQLD_PACKET_ERR, 'errcode': 1146, 'sqlstate': "42S02", 'errmsg': "there are no tables"}
    else:
        proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
    return proxy.PROXY_SEND_RESULT
