"""Finds out which tables a statement reads or writes, from its tokens alone: enough to route or to forbid, no more."""

_ENDS = ('WHERE', 'GROUP', 'ORDER', 'LIMIT', 'SET')
_CONDITIONS = ('ON', 'USING')
_QUIET = ('LEFT', 'RIGHT', 'OUTER', 'AND', 'OR', 'AS', 'LOW_PRIORITY', 'IGNORE')
_MODIFIERS = ('INTO', 'LOW_PRIORITY', 'HIGH_PRIORITY', 'DELAYED', 'IGNORE')
_EXISTENCE = ('IF', 'NOT', 'EXISTS')


def tablename_expand(tblname, db_name=None):
    """The name with its schema, if there is one."""
    return '%s.%s' % (db_name, tblname) if db_name else tblname


class _Input(object):
    """A cursor over the tokens that mean something."""

    def __init__(self, tokens, default_db):
        self.tokens = [t for t in tokens if t.token_name not in ('TK_COMMENT', 'TK_UNKNOWN')]
        self.default_db = default_db
        self.at = 0

    def more(self):
        return self.at < len(self.tokens)

    def next(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def kind(self, offset=0):
        at = self.at + offset
        return self.tokens[at].token_name if at < len(self.tokens) else None

    def word(self):
        return self.tokens[self.at].text.upper() if self.more() else None

    def is_name(self, offset=0):
        # a name directly before a parenthesis looks like a function
        return self.kind(offset) in ('TK_LITERAL', 'TK_FUNCTION')

    def skip(self, words):
        while self.word() in words and self.kind() != 'TK_LITERAL':
            self.next()

    def skip_parentheses(self):
        depth = 1
        while depth and self.more():
            depth += {'TK_OBRACE': 1, 'TK_CBRACE': -1}.get(self.next().token_name, 0)

    def read_name(self):
        first = self.next().text
        if self.kind() == 'TK_DOT' and self.is_name(1):
            self.next()
            return tablename_expand(self.next().text, first)
        return tablename_expand(first, self.default_db)


def _step(token, expected, condition):
    """What a token means for a list: whether a table may follow, and whether a condition is being read."""
    word = token.text.upper()
    if token.token_name in ('TK_COMMA', 'TK_SQL_JOIN'):
        return True, False
    if word in _CONDITIONS:
        return False, True
    if word == 'AS':
        return False, condition
    if not condition and word not in _QUIET:
        print '(parser) unknown, found token: %s -> %s' % (token.token_name, token.text)
    return expected, condition


def _list(source, tables, mode):
    """Tables behind FROM or UPDATE: one at first, and one behind each comma and JOIN."""
    expected, condition = True, False
    while source.more() and source.word() not in _ENDS:
        if expected and source.is_name():
            tables[source.read_name()] = mode
            expected = False
            continue
        token = source.next()
        if token.token_name == 'TK_OBRACE':
            source.skip_parentheses()
        else:
            expected, condition = _step(token, expected, condition)


def _from(source, tables, mode):
    while source.more():
        kind = source.next().token_name
        if kind == 'TK_OBRACE':
            source.skip_parentheses()
        elif kind == 'TK_SQL_FROM':
            return _list(source, tables, mode)


def _insert(source, tables, mode):
    source.skip(_MODIFIERS)
    if source.is_name():
        tables[source.read_name()] = mode


def _definition(source, tables, mode):
    if source.word() == 'TEMPORARY':
        source.next()
    if source.kind() == 'TK_SQL_TABLE':
        source.next()
        source.skip(_EXISTENCE)
        if source.is_name():
            tables[source.read_name()] = mode


_STATEMENTS = {
    'SELECT': (_from, 'read'),
    'DELETE': (_from, 'write'),
    'UPDATE': (_list, 'write'),
    'INSERT': (_insert, 'write'),
    'CREATE': (_definition, 'write'),
    'DROP': (_definition, 'write'),
    'ALTER': (_definition, 'write'),
    'RENAME': (_definition, 'write'),
}


def get_tables(tokens, default_db=None):
    """A dict from names to 'read' or 'write'; names without schema get default_db."""
    tables = {}
    source = _Input(tokens, default_db)
    if source.word() in _STATEMENTS:
        read, mode = _STATEMENTS[source.word()]
        source.next()
        read(source, tables, mode)
    return tables
