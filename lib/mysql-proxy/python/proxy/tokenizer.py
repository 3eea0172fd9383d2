"""What can be done with the tokens of a statement."""

from mysql.tokenizer import tokenize

# words that begin a statement without being keywords to the tokenizer
_STARTERS = ('COMMIT', 'ROLLBACK', 'BEGIN', 'START')
_VALUES = ('TK_STRING', 'TK_INTEGER', 'TK_FLOAT')


def _literal(text, before):
    upper = text.upper()
    if text.startswith('@'):
        return text + ' '
    if not before and upper in _STARTERS or before == ['START '] and upper == 'TRANSACTION':
        return upper + ' '
    return '`%s` ' % text


def _normal(token, before):
    name = token.token_name
    if name == 'TK_COMMENT_MYSQL':
        return '/*!%s*/ ' % token.text
    if name == 'TK_LITERAL':
        return _literal(token.text, before)
    if name in _VALUES:
        return '? '
    upper = token.text.upper()
    return upper if name == 'TK_FUNCTION' else upper + ' '


def normalize(tokens):
    """The statement without its values and its author's habits: two that differ in nothing else give the same text."""
    parts = []
    for token in tokens_without_comments(tokens):
        parts.append(_normal(token, parts))
    return ''.join(parts)


def first_stmt_token(tokens):
    """The first token that is no comment; one that the server runs is none."""
    for token in tokens:
        if token.token_name != 'TK_COMMENT':
            return token
    return None


def bare_tokens(tokens, quote_strings):
    """The texts of all tokens but comments. Strings come without quotes, whatever quote_strings says."""
    return [token.text for token in tokens_without_comments(tokens)]


def _source(token):
    if token.token_name == 'TK_COMMENT':
        return ''
    if token.token_name == 'TK_COMMENT_MYSQL':
        return '/*!%s*/ ' % token.text
    if token.token_name == 'TK_STRING':
        return '"%s" ' % token.text
    return token.text if token.token_name == 'TK_FUNCTION' else token.text + ' '


def tokens_to_query(tokens, start_item=None, _item=None):
    """A statement again, of the tokens from start_item to _item, both counted from 1."""
    first = max((start_item or 1) - 1, 0)
    last = len(tokens) if _item is None else _item
    return ''.join(_source(token) for token in tokens[first:last])


def tokens_without_comments(tokens):
    """The tokens that are no comments."""
    return [token for token in tokens if token.token_name != 'TK_COMMENT']
