"""What a client's session consists of besides statements, for scripts that lend pooled server connections to single statements.

Nothing logs a client in anew on the connection that a statement borrows. So plain settings (SET NAMES and the like) are written
down, for the client and for each connection: a connection fits if all that was set on it is what this client has set, too, and
then gets what is still missing. Where none fits one is reset, and gets the character sets of its login again.
"""

from collections import OrderedDict

import proxy.tokenizer as tokenizer

# settings that are repeated on the next connection; a client with more of them keeps one
_MOST_SETTINGS = 32

# functions and variables of which the connection that they were called on knows more than others
_SESSION = frozenset('LAST_INSERT_ID FOUND_ROWS ROW_COUNT CONNECTION_ID IS_USED_LOCK @@INSERT_ID @@LAST_INSERT_ID @@IDENTITY '
                     '@@WARNING_COUNT @@ERROR_COUNT'.split())
# what leaves something in the session that cannot be repeated elsewhere
_LASTING = frozenset('GET_LOCK RELEASE_LOCK RELEASE_ALL_LOCKS TEMPORARY'.split())
_LASTING_WORDS = frozenset('HANDLER PREPARE EXECUTE DEALLOCATE XA FLUSH'.split())
# what shows that a SELECT does more than to read
_WRITING = frozenset('TK_SQL_FOR TK_SQL_LOCK TK_SQL_INTO TK_COMMENT_MYSQL TK_ASSIGN'.split())
# a SET with one of these is not the same on another connection
_UNREPEATABLE = frozenset('TRANSACTION PASSWORD ROLE'.split())
# but for calls of these, with which lists of words are put together
_PLAIN_FUNCTIONS = frozenset('CONCAT CONCAT_WS REPLACE IF IFNULL COALESCE NULLIF UPPER LOWER TRIM'
                             ' LOCATE FIND_IN_SET INSTR SUBSTRING SUBSTR LEFT RIGHT'.split())

# Of each connection that was lent: what was set on it, and the SET that gives it the character sets of its login; those last that
# were lent last. Nobody tells when one that lies in a pool has ended, so beyond some number the others are forgotten.
_connections = OrderedDict()
_MOST_CONNECTIONS = 8192

# asks for what names_of wants to know
ASK_NAMES = 'SELECT @@character_set_client, @@character_set_results, @@collation_connection'


def _first_word(tokens):
    token = tokenizer.first_stmt_token(tokens)
    return '' if token is None else token.text.upper()


def _is_own_variable(token):
    return token.token_name == 'TK_LITERAL' and token.text[:1] == '@' and token.text[:2] != '@@' and token.text != '@'


def _is_several(tokens):
    """A semicolon at the end is not one between statements."""
    return any(token.token_name == 'TK_SEMICOLON' for token in tokens[:-1])


def reads_only(tokens):
    """Whether a statement only reads, and gives on any connection what it gives on this one."""
    return _first_word(tokens) == 'SELECT' and not _is_several(tokens) and not any(
        token.token_name in _WRITING or token.text.upper() in _SESSION or token.text.upper() in _LASTING
        or _is_own_variable(token) for token in tokens)


def _is_repeatable(tokens):
    return not any(token.token_name == 'TK_FUNCTION' and token.text.upper() not in _PLAIN_FUNCTIONS
                   or token.token_name == 'TK_SQL_SELECT' or token.text.upper() in _UNREPEATABLE for token in tokens)


def _leaves_traces(tokens):
    # in a comment for the server may be anything
    return any(_is_own_variable(token) or token.token_name in ('TK_ASSIGN', 'TK_COMMENT_MYSQL')
               or token.text.upper() in _LASTING for token in tokens)


def _key(server):
    return server.dst.name, server.thread_id


def _subject(setting):
    """What a statement sets, if that is one variable; else the whole statement."""
    return setting.split('=')[0].upper() if '=' in setting and ',' not in setting else setting


def _record(settings, setting):
    """Adds to a list of settings; what is set anew takes the place of the former value."""
    settings[:] = [former for former in settings if _subject(former) != _subject(setting)] + [setting]


def _connection(server):
    key = _key(server)
    # of one that is not remembered nobody knows what is set: it fits no one before it is reset
    known = _connections.pop(key, None) or {'settings': ['?'], 'names': None}
    _remember(key, known)
    return known


def _remember(key, known):
    while len(_connections) >= _MOST_CONNECTIONS:
        _connections.popitem(last=False)
    _connections[key] = known


def set_on(server, setting):
    """Writes down what was set on a connection."""
    _record(_connection(server)['settings'], setting)


def names_of(server, row):
    """Writes down which character sets a connection has had since its login."""
    _connection(server)['names'] = ('SET character_set_client = %s, character_set_results = %s, collation_connection = %s'
                                    % (row[0], row[1] or 'NULL', row[2]))


def names(server):
    """The statement that gives a connection the character sets of its login; None if they are not known."""
    return _connection(server)['names']


def is_new(server):
    """A client has logged in on a connection. If it was in the pool before, it may have been taken over as it was."""
    known = _connections.get(_key(server))
    if known is None:
        _remember(_key(server), {'settings': [], 'names': None})
    elif known['settings']:
        known['settings'] = ['?']


def forget(server):
    """A connection will not be lent any more."""
    _connections.pop(_key(server), None)


def was_reset(server, names):
    """A connection has nothing of its session left but its names."""
    _connection(server).update(settings=[], names=names)


def spoil(server):
    """Nobody knows what is set on a connection: it fits no client before it is reset."""
    _connection(server)['settings'] = ['?']


class Session(object):
    """What is known of one client's session."""

    def __init__(self):
        self.settings = []
        self.names = None
        self._setting = None
        self._statements = 0
        self._asked = self._locked = self._pinned = False

    def note_statement(self, query, tokens):
        """A SET that can be repeated is kept until it is known to have been accepted."""
        first = _first_word(tokens)
        self._setting = None
        if first in ('LOCK', 'UNLOCK'):
            self._locked = first == 'LOCK'
        elif _is_several(tokens) or first in _LASTING_WORDS or _leaves_traces(tokens):
            self._pinned = True
        elif first == 'SET' and _is_repeatable(tokens) and len(self.settings) < _MOST_SETTINGS:
            self._setting = query
        elif first == 'SET':
            self._pinned = True

    def note_close(self):
        """A prepared statement is closed, which has no answer."""
        self._statements = max(0, self._statements - 1)

    def note_answer(self, server, failed, asked):
        """asked: whether the client may want to know more of what the statement left, warnings or an id."""
        self._asked = failed or asked
        if self._setting is not None and not failed:
            _record(self.settings, self._setting)
            set_on(server, self._setting)
        self._setting = None

    def fits(self, server):
        """Whether all that was set on a connection is what the client has set."""
        made = _connection(server)['settings']
        return self.settings[:len(made)] == made

    def missing(self, server):
        """What the client has set and a connection that fits has not."""
        return self.settings[len(_connection(server)['settings']):]

    def pin(self):
        """From now on the client keeps its connection."""
        self._pinned = True

    def note_prepared(self):
        """A prepared statement lives on its connection until it is closed."""
        self._statements += 1

    @property
    def keeps(self):
        """Whether the client has to keep its connection."""
        return self.lasts or self._asked or self._statements > 0

    @property
    def lasts(self):
        """Whether the connection has something that other clients must not meet."""
        return self._locked or self._pinned
