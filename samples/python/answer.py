"""answer: answer statements in the script, without any server.

bin/launcher --plugins=pyproxy --pyproxy-backend-addresses=127.0.0.1:3306 --pyproxy-python-script=samples/python/answer.py

SHOW SCRIPT      a result set        FORGET SCRIPT    an OK packet        DROP SCRIPT      an ERR packet

Everything else goes to the server.
"""


def show(proxy):
    proxy.response = {
        'type': proxy.MYSQLD_PACKET_OK,
        'resultset': {
            'fields': [('Name', proxy.MYSQL_TYPE_VAR_STRING), ('Value', proxy.MYSQL_TYPE_VAR_STRING)],
            'rows': [
                ('script', 'answer'),
                ('api', proxy.PROXY_VERSION),
                ('user', proxy.connection.client.username),
                ('nothing', None),
            ],
        },
    }


def forget(proxy):
    proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'affected_rows': 1, 'insert_id': 7}


def drop(proxy):
    proxy.response = {
        'type': proxy.MYSQLD_PACKET_ERR,
        'errcode': 1142,
        'sqlstate': '42000',
        'errmsg': 'this script cannot be dropped',
    }


ANSWERS = {'show script': show, 'forget script': forget, 'drop script': drop}


def read_query(proxy, packet):
    if packet and ord(packet[0]) == proxy.COM_QUERY:
        answer = ANSWERS.get(packet[1:].lower())
        if answer:
            answer(proxy)
            return proxy.PROXY_SEND_RESULT
