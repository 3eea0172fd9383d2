"""Takes command packets apart: the first byte says which command, the rest what it is about."""

command_names = tuple('COM_' + name for name in '''
    SLEEP QUIT INIT_DB QUERY FIELD_LIST CREATE_DB DROP_DB REFRESH SHUTDOWN STATISTICS PROCESS_INFO CONNECT PROCESS_KILL
    DEBUG PING TIME DELAYED_INSERT CHANGE_USER BINLOG_DUMP TABLE_DUMP CONNECT_OUT REGISTER_SLAVE STMT_PREPARE
    STMT_EXECUTE STMT_SEND_LONG_DATA STMT_CLOSE STMT_RESET SET_OPTION STMT_FETCH DAEMON BINLOG_DUMP_GTID
    RESET_CONNECTION'''.split())

# what MariaDB has beyond
_MORE_NAMES = {250: 'COM_STMT_BULK_EXECUTE'}

# the attribute that takes everything behind the first byte
_REST = {
    'COM_QUERY': 'query',
    'COM_STMT_PREPARE': 'query',
    'COM_INIT_DB': 'schema',
    'COM_CREATE_DB': 'schema',
    'COM_DROP_DB': 'schema',
    'COM_FIELD_LIST': 'table',
    'COM_SET_OPTION': 'option',
}
_BY_HANDLE = ('COM_STMT_EXECUTE', 'COM_STMT_BULK_EXECUTE', 'COM_STMT_CLOSE')
_BARE = ('COM_QUIT', 'COM_PING', 'COM_SHUTDOWN')

# what is shown of a command behind its name
_SHOWN = {
    'COM_QUERY': 'query',
    'COM_STMT_PREPARE': 'query',
    'COM_INIT_DB': 'schema',
    'COM_STMT_EXECUTE': 'stmt_handler_id',
    'COM_STMT_BULK_EXECUTE': 'stmt_handler_id',
}
_NAME_ONLY = _BARE + ('COM_FIELD_LIST',)


class generic(object):
    """Holds attributes: the items of a dict."""

    def __init__(self, attributes=None):
        self.__dict__.update(attributes or {})


def parse(packet):
    """An object of type, type_name and what the command is about."""
    number = ord(packet[0])
    name = command_names[number] if number < len(command_names) else _MORE_NAMES.get(number)
    command = generic({'type': number, 'type_name': name})
    if name in _REST:
        setattr(command, _REST[name], packet[1:])
    elif name in _BY_HANDLE:
        command.stmt_handler_id = sum(ord(packet[i + 1]) << 8 * i for i in range(4))
    elif name not in _BARE:
        print '[debug] (command) unhandled type name:%s byte:%d' % (name, number)
    return command


def pretty_print(command):
    """One line for people to read."""
    name = command.type_name
    if name in _SHOWN:
        return '[%s] %s' % (name, getattr(command, _SHOWN[name]))
    if name in _NAME_ONLY:
        return '[%s]' % name
    return '[%s] ... no idea' % name
