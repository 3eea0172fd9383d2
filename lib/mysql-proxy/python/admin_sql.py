"""Sends rare commands of the protocol: each has a word that can be typed into a client.

Hooks to be taken over by a script: from admin_sql import read_query, read_query_result
"""

import proxy_utils

_COMMANDS = {
    'COMMIT SUICIDE': 'SHUTDOWN',
    'PING': 'PING',
    'STATISTICS': 'STATISTICS',
    'PROCINFO': 'PROCESS_INFO',
    'TIME': 'TIME',
    'DEBUG': 'DEBUG',
    'PROCKILL': 'PROCESS_KILL',
    'SETOPT': 'SET_OPTION',
    'BINLOGDUMP': 'BINLOG_DUMP',
    'BINLOGDUMP1': 'BINLOG_DUMP',
    'REGSLAVE': 'REGISTER_SLAVE',
    'REGSLAVE1': 'REGISTER_SLAVE',
    'PREP': 'STMT_PREPARE',
    'PREP1': 'STMT_PREPARE',
    'EXEC': 'STMT_EXECUTE',
    'EXEC1': 'STMT_EXECUTE',
    'DEAL': 'STMT_CLOSE',
    'DEAL1': 'STMT_CLOSE',
    'RESET': 'STMT_RESET',
    'RESET1': 'STMT_RESET',
    'FETCH': 'STMT_FETCH',
    'FETCH1': 'STMT_FETCH',
    'FLIST': 'FIELD_LIST',
    'FLIST1': 'FIELD_LIST',
    'TDUMP': 'TABLE_DUMP',
    'TDUMP1': 'TABLE_DUMP',
    'TDUMP2': 'TABLE_DUMP',
}

# what follows the command's byte; nothing for all others
_ARGUMENTS = {
    'BINLOGDUMP1': '\x04\0\0\0' '\0\0' '\x02\0\0\0' '\0',
    'REGSLAVE1': '\x01\0\0\0' '\0' '\0' '\0' '\x01\0' '\0\0\0\0' '\x01\0\0\0',
    'PREP1': 'SELECT ?',
    'EXEC1': '\x01\0\0\0' '\0' '\x01\0\0\0' '\0' '\x01' '\0\xfe' '\x041234',
    'DEAL1': '\x01\0\0\0',
    'RESET1': '\x01\0\0\0',
    'FETCH1': '\x01\0\0\0' '\x80\0\0\0',
    'FLIST1': 't1\0id\0\0\0',
    'TDUMP1': '\x04test\x02t1',
    'TDUMP2': '\x04test\x02t2',
}

# clients cannot read the answers to these as the answer to a query
_ANSWERED_OK = ('SHUTDOWN', 'SET_OPTION', 'BINLOG_DUMP', 'STMT_PREPARE', 'STMT_FETCH', 'FIELD_LIST', 'TABLE_DUMP', 'DEBUG')
_FORWARDED = ('PING', 'TIME', 'PROCESS_KILL', 'REGISTER_SLAVE', 'STMT_EXECUTE', 'STMT_RESET', 'PROCESS_INFO')


def read_query(proxy, packet):
    if proxy_utils.get_query_type(packet) != proxy.COM_QUERY:
        return None
    word = proxy_utils.get_query_content(packet)
    if word not in _COMMANDS:
        return None
    number = getattr(proxy, 'COM_' + _COMMANDS[word])
    proxy.queries.append(number, chr(number) + _ARGUMENTS.get(word, ''), True)
    return proxy.PROXY_SEND_QUERY


def read_query_result(proxy, inj):
    names = [name for name in set(_COMMANDS.values()) if getattr(proxy, 'COM_' + name) == inj.id]
    name = names[0] if names else None
    if name in _FORWARDED:
        return None
    if name in _ANSWERED_OK:
        if inj.resultset.raw[:1] == '\xff':
            return None
        proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
    elif name == 'STATISTICS':
        fields = [('statisitics', proxy.MYSQL_TYPE_STRING)]
        rows = [(inj.resultset.raw,)]
        proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'resultset': {'fields': fields, 'rows': rows}}
    else:
        proxy.response = {'type': proxy.MYSQLD_PACKET_ERR}
    return proxy.PROXY_SEND_RESULT
