"""Reads go to read-only backends, all else to the read/write one, over connections that clients share.

Hooks to be taken over by a script: from rw_splitting import *
"""

import proxy.auto_config as auto_config
import proxy.balance as balance
import proxy.commands as commands
import proxy.tokenizer as tokenizer

__all__ = ['connect_server', 'read_auth_result', 'read_query', 'read_query_result', 'disconnect_client']

_CLIENT_QUERY = 1
_CHANGE_SCHEMA = 2


class _Options(object):
    """Shown and set by PROXY SHOW CONFIG and its kin."""

    def __init__(self):
        self.min_idle_connections = 4
        self.max_idle_connections = 8
        self.is_debug = True


def _configured(hook):
    """Makes sure that the options are there: this module may be imported before proxy.globals has any."""

    def configured(proxy, *arguments):
        if not hasattr(proxy.globals.config, 'rwsplit'):
            proxy.globals.config.rwsplit = _Options()
        return hook(proxy, *arguments)

    return configured


def _debug(proxy, text):
    if proxy.globals.config.rwsplit.is_debug:
        print text


@_configured
def connect_server(proxy):
    options = proxy.globals.config.rwsplit
    chosen = -1
    for index, backend in enumerate(proxy.globals.backends):
        backend.pool.max_idle_connections = options.max_idle_connections
        backend.pool.min_idle_connections = options.min_idle_connections
        if backend.state == proxy.BACKEND_STATE_DOWN:
            continue
        # nobody knows yet who the client is
        if backend.pool.users[''].cur_idle_connections < options.min_idle_connections:
            chosen = index
            break
        if chosen < 0 and backend.type == proxy.BACKEND_TYPE_RW:
            chosen = index
    if chosen >= 0:
        proxy.connection.backend_ndx = chosen
        _debug(proxy, '[connect_server] backend %d' % chosen)
    return proxy.PROXY_IGNORE_RESULT


@_configured
def read_auth_result(proxy, auth):
    if auth.packet[:1] == '\x00':
        # the connection goes into the pool; read_query takes one out of it
        proxy.connection.backend_ndx = -1


def _reads_only(tokens):
    first = tokenizer.first_stmt_token(tokens)
    return first is not None and first.token_name == 'TK_SQL_SELECT'


def _asks_for_insert_id(tokens):
    return any(token.token_name == 'TK_LITERAL' and token.text.upper() in ('LAST_INSERT_ID', '@@INSERT_ID')
               for token in tokens)


def _choose(proxy, cmd):
    """Inside of a transaction everything has to go where it began."""
    if proxy.connection.backend_ndx >= 0:
        return
    if cmd.type == proxy.COM_QUERY and not getattr(proxy, 'is_in_transaction', False):
        tokens = tokenizer.tokenize(cmd.query)
        if _reads_only(tokens):
            proxy.is_in_select_calc_found_rows = any(t.token_name == 'TK_SQL_SQL_CALC_FOUND_ROWS' for t in tokens)
            if not _asks_for_insert_id(tokens):
                chosen = balance.idle_ro(proxy)
                # 0 may also mean that there is none
                if proxy.globals.backends[chosen].type == proxy.BACKEND_TYPE_RO:
                    proxy.connection.backend_ndx = chosen
    if proxy.connection.backend_ndx < 0:
        proxy.connection.backend_ndx = balance.idle_failsafe_rw(proxy)


@_configured
def read_query(proxy, packet):
    cmd = commands.parse(packet)
    answered = auto_config.handle(cmd, proxy)
    if answered is not None:
        return answered
    if cmd.type == proxy.COM_QUIT:
        # the server's connection stays in the pool
        proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
        return proxy.PROXY_SEND_RESULT
    proxy.queries.append(_CLIENT_QUERY, packet, True)
    _choose(proxy, cmd)
    server = proxy.connection.server
    if server and cmd.type != proxy.COM_INIT_DB:
        wanted = proxy.connection.client.default_db
        if wanted and wanted != server.default_db:
            proxy.queries.prepend(_CHANGE_SCHEMA, chr(proxy.COM_INIT_DB) + wanted, True)
    return proxy.PROXY_SEND_QUERY


def _schema_changed(proxy, inj):
    if inj.resultset.query_status == proxy.MYSQLD_PACKET_ERR:
        proxy.queries.reset()
        backend = proxy.globals.backends[proxy.connection.backend_ndx]
        proxy.response = {
            'type': proxy.MYSQLD_PACKET_ERR,
            'errmsg': "can't change DB %s to on slave %s" % (proxy.connection.client.default_db, backend.dst.name),
        }
        return proxy.PROXY_SEND_RESULT
    return proxy.PROXY_IGNORE_RESULT


@_configured
def read_query_result(proxy, inj):
    if inj.id == _CHANGE_SCHEMA:
        return _schema_changed(proxy, inj)
    if inj.id != _CLIENT_QUERY:
        return proxy.PROXY_IGNORE_RESULT
    result = inj.resultset
    in_transaction = bool(result.flags.in_trans)
    proxy.is_in_transaction = in_transaction
    keep = in_transaction or getattr(proxy, 'is_in_select_calc_found_rows', False) or (result.insert_id or 0) > 0
    if not keep:
        proxy.connection.backend_ndx = -1
    return None


@_configured
def disconnect_client(proxy):
    proxy.connection.backend_ndx = -1
