package io.mysqlproxy.wire.sql;

import io.mysqlproxy.wire.ByteString;

/**
 * A piece of a statement.
 *
 * @param type what it is
 * @param text its bytes in the spelling of the statement, without quotes and comment marks
 */
public record Token(TokenType type, ByteString text) {
    @Override
    public String toString() {
        return type + ":" + text;
    }
}
