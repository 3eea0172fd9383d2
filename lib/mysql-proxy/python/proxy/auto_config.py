"""Lets an administrator see and change proxy.globals.config by SQL-like commands."""

import ast
import re

_LONGEST = 128
_LITERALS = (str, unicode, int, long, float, bool, type(None))

_NAME = r'([A-Za-z_][A-Za-z0-9_]*)'
_FILE = r'"([^"]*)"'

# what a value may look like
SET_VALUE_PARSE = re.compile(r'(true|false)|"([^"]*)"|(-?[0-9]+)', re.IGNORECASE)

# the parts of a command
lang = re.compile(r'"[^"]*"|-?[A-Za-z0-9_]+|[.=]')


def _command(words, rest=''):
    return re.compile(r'[ \t\n]+'.join(words) + rest + r'\Z', re.IGNORECASE)


_SHOW = _command(('PROXY', 'SHOW', 'CONFIG'))
_SET = _command(('PROXY', 'SET', 'GLOBAL', _NAME), r'\.' + _NAME + r'[ \t\n]*=[ \t\n]*(' + SET_VALUE_PARSE.pattern + ')')
_SAVE = _command(('PROXY', 'SAVE', 'CONFIG', 'INTO', _FILE))
_LOAD = _command(('PROXY', 'LOAD', 'CONFIG', 'FROM', _FILE))


def get_tokens(regex, s):
    """All parts of a text that fit."""
    return [match.group(0) for match in regex.finditer(s)]


def seq_find(seq, item):
    """Where an item is first; None if it is not there."""
    for index, each in enumerate(seq):
        if each == item:
            return index
    return None


def _items(holder):
    """What a dict has, or the attributes that a script has set on an object."""
    if isinstance(holder, dict):
        return holder.items()
    # what a script has set on an object of the proxy does not show in dir()
    names = getattr(holder, '__added__', None)
    if names is None:
        names = [name for name in dir(holder) if not name.startswith('_')]
    return [(name, getattr(holder, name)) for name in names]


def _get(holder, name):
    if isinstance(holder, dict):
        return holder.get(name)
    return None if name.startswith('_') else getattr(holder, name, None)


def _has(holder, name):
    return name in holder if isinstance(holder, dict) else hasattr(holder, name)


def _put(holder, name, value):
    if isinstance(holder, dict):
        holder[name] = value
    else:
        setattr(holder, name, value)


def _is_module(value):
    return not isinstance(value, _LITERALS + (tuple, list)) and not callable(value)


def _modules(options):
    return [(name, module) for name, module in _items(options) if _is_module(module)]


def _ok(proxy, affected_rows):
    proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'affected_rows': affected_rows, 'insert_id': 0}
    return proxy.PROXY_SEND_RESULT


def _err(proxy, message):
    proxy.response = {'type': proxy.MYSQLD_PACKET_ERR, 'errmsg': str(message)}
    return proxy.PROXY_SEND_RESULT


def _show(options, proxy):
    rows = [(name, option, str(value), type(value).__name__)
            for name, module in _modules(options)
            for option, value in _items(module)]
    fields = [(name, proxy.MYSQL_TYPE_STRING) for name in ('module', 'option', 'value', 'type')]
    proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'resultset': {'fields': fields, 'rows': rows}}
    return proxy.PROXY_SEND_RESULT


def _value(text):
    truth, word, digits = SET_VALUE_PARSE.match(text).groups()
    if truth:
        return truth.lower() == 'true'
    return word if digits is None else int(digits)


def _set(options, proxy, name, option, text):
    module = _get(options, name)
    if not _is_module(module):
        return _err(proxy, 'module not known')
    if not _has(module, option):
        return _err(proxy, 'option not know')
    _put(module, option, _value(text))
    return _ok(proxy, 1)


def tbl2str(options, indent=''):
    """A dict of literals, or of dicts of them, as text that reads back as the same."""
    lines = ['{']
    for name, value in sorted(options.items()):
        text = tbl2str(value, indent + '    ') if isinstance(value, dict) else repr(value)
        lines.append('%s    %r: %s,' % (indent, name, text))
    return '\n'.join(lines + [indent + '}'])


def save(options, filename):
    """Writes all options that are literals; raises IOError."""
    plain = {}
    for name, module in _modules(options):
        plain[name] = dict((o, v) for o, v in _items(module) if isinstance(v, _LITERALS))
    with open(filename, 'wb') as out:
        out.write(tbl2str(plain) + '\n')


def load(options, filename):
    """Takes over what save wrote, option by option; the text is read as a literal, never run."""
    with open(filename, 'rb') as source:
        found = ast.literal_eval(source.read())
    if not isinstance(found, dict) or not all(isinstance(module, dict) for module in found.values()):
        raise ValueError('%s: holds no dict of dicts' % filename)
    for name, values in found.items():
        if not _is_module(_get(options, name)):
            _put(options, name, {})
        for option, value in values.items():
            _put(_get(options, name), option, value)


def _file(work, options, proxy, filename):
    try:
        work(options, filename)
    except (EnvironmentError, ValueError, SyntaxError) as e:
        return _err(proxy, e)
    return _ok(proxy, 0)


def _dispatch(options, proxy, query):
    if _SHOW.match(query):
        return _show(options, proxy)
    found = _SET.match(query)
    if found:
        return _set(options, proxy, *found.groups()[:3])
    for command, work in ((_SAVE, save), (_LOAD, load)):
        found = command.match(query)
        if found:
            return _file(work, options, proxy, found.group(1))
    return None


def handle(*arguments):
    """Answers a command if it is one of ours: handle(cmd, proxy) or handle(options, proxy, cmd)."""
    if len(arguments) == 2:
        cmd, proxy = arguments
        options = proxy.globals.config
    else:
        options, proxy, cmd = arguments
    if cmd.type != proxy.COM_QUERY or len(cmd.query) > _LONGEST:
        return None
    return _dispatch(options, proxy, cmd.query)
