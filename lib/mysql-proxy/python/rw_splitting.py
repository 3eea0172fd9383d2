"""Reads go to read-only backends, all else to the read/write one, over connections that clients share.

Inside of a transaction, and while a prepared statement, a lock, a temporary table or a variable of the user's is on a
connection, the client keeps it. Plain settings (SET NAMES and the like) are repeated on the next one.

Hooks to be taken over by a script: from rw_splitting import *
"""

import proxy.auto_config as auto_config
import proxy.balance as balance
import proxy.commands as commands
import proxy.pooling as pooling
import proxy.tokenizer as tokenizer

__all__ = ['connect_server', 'read_auth_result', 'read_query', 'read_query_result', 'disconnect_client']

_CLIENT_QUERY = 1
_CHANGE_SCHEMA = 2
_SETTING = 3
_NAMES = 4
_RESET = 5

# MariaDB's COM_STMT_BULK_EXECUTE, which is not among the constants
_BULK_EXECUTE = 250


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
        pooling.is_new(proxy.connection.server)
        # the connection goes into the pool; read_query takes one out of it
        proxy.connection.backend_ndx = -1


def _session(proxy):
    """What is known of the client's session."""
    if not hasattr(proxy, 'pooling_session'):
        proxy.pooling_session = pooling.Session()
    return proxy.pooling_session


def _candidates(proxy, tokens):
    """The backends for a statement, best first. Inside of a transaction everything has to go where it began."""
    found = []
    if not getattr(proxy, 'is_in_transaction', False) and pooling.reads_only(tokens):
        chosen = balance.idle_ro(proxy)
        # 0 may also mean that there is none
        if proxy.globals.backends[chosen].type == proxy.BACKEND_TYPE_RO:
            found.append(chosen)
    chosen = balance.idle_failsafe_rw(proxy)
    return found + [chosen] if chosen >= 0 else found


def _borrow(proxy, tokens):
    """Takes an idle connection, one that fits or else any that is there; whether the client has got one."""
    user = proxy.connection.client.username
    candidates = _candidates(proxy, tokens)
    for must_fit in (True, False):
        for index in candidates:
            for _ in range(proxy.globals.backends[index].pool.users[user].cur_idle_connections):
                # puts the one before back, behind all others
                proxy.connection.backend_ndx = index
                if proxy.connection.server and (not must_fit or _session(proxy).fits(proxy.connection.server)):
                    return True
    proxy.connection.backend_ndx = -1
    return False


def _prepare(proxy):
    """Queues what a connection that the client has just got needs before the command; the schema comes later."""
    session, server = _session(proxy), proxy.connection.server

    def inject(number, query):
        proxy.queries.append(number, chr(proxy.COM_QUERY) + query, True)

    if not session.fits(server):
        proxy.queries.append(_RESET, chr(proxy.COM_RESET_CONNECTION), True)
        # a pool lends only what has the character sets of the client's login, so those of another one do as well
        names = pooling.names(server) or session.names
        if names:
            inject(_RESET, names)
        pooling.was_reset(server, names)
    elif pooling.names(server) is None:
        inject(_NAMES, pooling.ASK_NAMES)
    for setting in session.missing(server):
        inject(_SETTING, setting)


def _forwarded(proxy, cmd):
    """Commands without an answer, and those that the proxy has to see for itself."""
    if cmd.type == proxy.COM_STMT_CLOSE:
        _session(proxy).note_close()
    elif cmd.type == proxy.COM_CHANGE_USER:
        pooling.forget(proxy.connection.server)
        pooling.is_new(proxy.connection.server)
        proxy.pooling_session = pooling.Session()
    return cmd.type_name in ('COM_STMT_CLOSE', 'COM_STMT_SEND_LONG_DATA', 'COM_CHANGE_USER', 'COM_BINLOG_DUMP',
                             'COM_BINLOG_DUMP_GTID')


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
    tokens = tokenizer.tokenize(cmd.query) if cmd.type == proxy.COM_QUERY else ()
    fresh = proxy.connection.backend_ndx < 0
    if fresh and not _borrow(proxy, tokens):
        proxy.response = {'type': proxy.MYSQLD_PACKET_ERR, 'errcode': 1040, 'sqlstate': '08004',
                          'errmsg': '(pooling) all connections to the servers are in use'}
        return proxy.PROXY_SEND_RESULT
    if _forwarded(proxy, cmd):
        return None
    proxy.sent_command = cmd.type
    if cmd.type == proxy.COM_QUERY:
        proxy.is_in_select_calc_found_rows = any(t.token_name == 'TK_SQL_SQL_CALC_FOUND_ROWS' for t in tokens)
        _session(proxy).note_statement(cmd.query, tokens)
    if fresh:
        _prepare(proxy)
    proxy.queries.append(_CLIENT_QUERY, packet, True)
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
    if inj.id in (_SETTING, _NAMES, _RESET):
        return _prepared(proxy, inj)
    if inj.id == _CLIENT_QUERY:
        _answered(proxy, inj.resultset)
        return None
    return proxy.PROXY_IGNORE_RESULT


def _prepared(proxy, inj):
    server = proxy.connection.server
    if inj.resultset.raw[:1] == '\xff':
        # the client gets this error in place of what it asked for
        proxy.queries.reset()
        pooling.spoil(server)
        proxy.connection.backend_ndx = -1
        return None
    if inj.id == _SETTING:
        pooling.set_on(server, inj.query[1:])
    elif inj.id == _NAMES:
        for row in inj.resultset.rows:
            pooling.names_of(server, row)
            _session(proxy).names = pooling.names(server)
    return proxy.PROXY_IGNORE_RESULT


def _answered(proxy, result):
    """Notes what the answer says about the session; the connection goes back unless the client has to keep it."""
    session = _session(proxy)
    kind = getattr(proxy, 'sent_command', proxy.COM_QUERY)
    if kind in (proxy.COM_QUERY, proxy.COM_STMT_EXECUTE, _BULK_EXECUTE):
        failed = getattr(result, 'query_status', None) == proxy.MYSQLD_PACKET_ERR
        if not failed:
            # without autocommit every statement, a SELECT too, may begin a transaction
            waits = not getattr(result.flags, 'auto_commit', True)
            proxy.is_in_transaction = bool(result.flags.in_trans) or waits
        # what SHOW WARNINGS and LAST_INSERT_ID() would ask for
        session.note_answer(proxy.connection.server, failed, (result.insert_id or 0) > 0 or (getattr(result, 'warning_count', 0) or 0) > 0)
    elif kind == proxy.COM_STMT_PREPARE and result.raw[:1] == '\0':
        session.note_prepared()
    elif kind == proxy.COM_RESET_CONNECTION and result.raw[:1] == '\0':
        # the character sets are others now, so the connection does not go back
        proxy.pooling_session = pooling.Session()
        _session(proxy).pin()
    in_transaction = getattr(proxy, 'is_in_transaction', False)
    if not (in_transaction or getattr(proxy, 'is_in_select_calc_found_rows', False) or _session(proxy).keeps):
        proxy.connection.backend_ndx = -1


@_configured
def disconnect_client(proxy):
    # what other clients must not meet is closed
    if not _session(proxy).lasts:
        proxy.connection.backend_ndx = -1
    elif proxy.connection.server:
        pooling.forget(proxy.connection.server)
