"""Cross tabulation: one statement of a client becomes the query that has a column for each value of a column.

Hooks to be taken over by a script: from xtab import read_query, read_query_result
"""

import os
import sys

import proxy_utils

if os.environ.get('PYTHON_LIBPATH'):
    sys.path.append(os.environ['PYTHON_LIBPATH'])

_VERSION = '0.1.3'
_DEBUG = int(os.environ.get('DEBUG') or 0)
_VERBOSE = int(os.environ.get('VERBOSE') or 0)

_RAISE_LIMIT, _FIND_COLUMNS, _TABULATE = 1024, 2048, 4096
_OPERATIONS = ('count', 'sum', 'avg', 'min', 'max')

_HELP = (
    'xtab - version %s - (C) MySQL AB 2007' % _VERSION,
    '',
    'XTAB turns the values of one column into columns of the result.',
    '',
    'XTAB table row_header column_header operation operation_column [summary]',
    '',
    '  table             where the data are; may be schema.table',
    '  row_header        one row for each value of this column',
    '  column_header     one column for each value of this column',
    '  operation         one of COUNT, SUM, AVG, MIN, MAX',
    '  operation_column  what is counted or added up in each cell',
    '  summary           accepted, and without effect',
    '',
    'Other commands:',
    '  XTAB HELP         this text',
    '  XTAB VERSION      the version',
    '  XTAB QUERY        shows the setting below',
    '  XTAB NOQUERY      shows the setting below',
    'SELECT XTAB ... does the same for clients that send queries only.',
)

_QUERY = (
    'XTAB QUERY and XTAB NOQUERY are about what a cross tabulation gives:',
    '',
    '  QUERY    the text of the query that would tabulate',
    '  NOQUERY  the result of that query',
    '',
    'A result is what clients get in any case.',
)


def _debug(text, level=1):
    if _DEBUG and _VERBOSE >= level - 1:
        print text


def _answer(proxy, name, rows):
    proxy.response = {
        'type': proxy.MYSQLD_PACKET_OK,
        'resultset': {'fields': [(name, proxy.MYSQL_TYPE_STRING)], 'rows': [(row,) for row in rows]},
    }
    return proxy.PROXY_SEND_RESULT


def _command(proxy, word):
    if word == 'help':
        return _answer(proxy, 'XTAB help', _HELP)
    if word == 'version':
        return _answer(proxy, 'XTAB version', (_VERSION,))
    if word in ('query', 'noquery'):
        setting = 'a query' if word == 'query' else 'a result set'
        return _answer(proxy, 'XTAB query ', _QUERY + ('Current setting: returns ' + setting,))
    return _answer(proxy, 'XTAB ERROR', ('unknown command. Enter "XTAB HELP" for help',))


def _words(packet):
    """What follows the command's name; None if it is not ours."""
    words = proxy_utils.get_query_content(packet).split()
    if words and words[0].lower() == 'select':
        words = words[1:]
    return words[1:] if words and words[0].lower() == 'xtab' else None


def _inject(proxy, number, query):
    _debug('xtab %d: %s' % (number, query))
    proxy.queries.append(number, chr(proxy.COM_QUERY) + query, True)


def _text(value):
    """As a literal of SQL."""
    return "'%s'" % value.replace('\\', '\\\\').replace("'", "''")


def _tabulate(proxy, words):
    table, row, column, operation, operand = words[0], words[1], words[2], words[3].lower(), words[4]
    if operation not in _OPERATIONS:
        return _answer(proxy, 'XTAB ERROR', ('unknown operator.', 'Accepted are:', ', '.join(_OPERATIONS).upper()))
    proxy.xtab_request = (table, row, operation, operand)
    _inject(proxy, _RAISE_LIMIT, 'set group_concat_max_len = 1024*1024')
    _inject(proxy, _FIND_COLUMNS, "select group_concat(distinct concat(%s, quote(%s), %s, replace(%s, '`', '``'), '`') "
            'order by %s) from %s' % (_text('%s(if( `%s`= ' % (operation, column)), column,
                                      _text(',`%s`,null)) as `%s_' % (operand, column)), column, column, table))
    return proxy.PROXY_SEND_QUERY


def read_query(proxy, packet):
    if proxy_utils.get_query_type(packet) != proxy.COM_QUERY:
        return None
    words = _words(packet)
    if words is None:
        return None
    if len(words) == 1:
        return _command(proxy, words[0].lower())
    return _tabulate(proxy, words)


def read_query_result(proxy, inj):
    if inj.id == _RAISE_LIMIT:
        return proxy.PROXY_IGNORE_RESULT
    if inj.id != _FIND_COLUMNS:
        return None
    table, row, operation, operand = proxy.xtab_request
    # an empty table has no columns to offer
    columns = [cells[0] for cells in inj.resultset.rows if cells[0] is not None]
    total = '%s(`%s`) AS total' % (operation, operand)
    _inject(proxy, _TABULATE, 'SELECT %s FROM %s GROUP BY %s' % (' , '.join([row] + columns + [total]), table, row))
    return proxy.PROXY_IGNORE_RESULT
