package io.mysqlproxy.core.script.module;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member.Parameter;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.sql.Token;
import io.mysqlproxy.wire.sql.Tokenizer;
import java.util.List;

/**
 * {@code mysql.tokenizer} (script-libraries.md 4, python-api.md 4.4). Lua sees an array that is looked into when asked for,
 * Python a tuple of objects of its own.
 */
final class TokenizerModule {
    private static final List<Parameter> SQL = List.of(new Parameter("sql", Kind.BYTES, true));

    private static final HostType<Token> LUA_TOKEN = fields(HostType.<Token>named("Token"))
            .keyed((token, key) -> {
                throw new HostException("tokens[...] has no " + key.toLatin1() + " field");
            });

    /** An array, so that single tokens can be dropped. */
    private static final HostType<Token[]> LUA_TOKENS = HostType.<Token[]>named("Tokens")
            .items(tokens -> tokens.length, (tokens, i) -> tokens[i] == null ? null : LUA_TOKEN.of(tokens[i]))
            .release((tokens, i) -> tokens[i] = null);

    private static final HostType<Token> PYTHON_TOKEN =
            fields(HostType.<Token>named("Token")).plain().open();

    static final HostType<Object> LUA = About.describe(
                    HostType.<Object>named("mysql.tokenizer"),
                    "LuaMySQLTokenizer 0.1",
                    "cut SQL statements into tokens")
            .call(
                    "tokenize",
                    SQL,
                    List.of(),
                    (module, a) -> LUA_TOKENS.of(tokens(a).toArray(Token[]::new)));

    static final HostType<Object> PYTHON = HostType.<Object>named("mysql.tokenizer")
            .call("tokenize", SQL, List.of(), (module, a) -> wrapped(tokens(a)));

    private TokenizerModule() {}

    private static HostType<Token> fields(HostType<Token> type) {
        return type.get("text", token -> Bytes.of(token.text().bytes()))
                .get("token_id", token -> token.type().id())
                .get("token_name", token -> token.type().name());
    }

    private static List<Token> tokens(Object[] arguments) {
        return Tokenizer.tokenize(ByteString.of(((Bytes) arguments[0]).toByteArray()));
    }

    private static List<HostObject> wrapped(List<Token> tokens) {
        return tokens.stream().map(PYTHON_TOKEN::of).toList();
    }
}
