package io.mysqlproxy.launcher.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The modules in Java, in Python (python-api.md 4.1 to 4.6). */
class PythonModulesTest {
    private static final String PRELUDE = """
            def failure(call):
                try:
                    call()
                except Exception as e:
                    return type(e).__name__ + ': ' + str(e)
            """;

    private ModuleFixture python;

    @BeforeEach
    void open() {
        python = ModuleFixture.python();
    }

    @AfterEach
    void close() {
        python.close();
    }

    private void passes(String body) throws ScriptException {
        python.run(PRELUDE + body);
    }

    @Test
    @Tag("P-73")
    void passwordsAndTokens() throws ScriptException {
        passes("""
                import mysql.password as password
                import mysql.tokenizer as tokenizer
                challenge, hashed = 'A' * 20, password.hash('secret')
                scrambled = password.scramble(challenge, hashed)
                assert scrambled.encode('hex') == 'c11a9201c00eb25c21e5ec5236e71d5433e86b6b'
                assert password.check(challenge, scrambled, password.hash(hashed)) == 1
                tokens = tokenizer.tokenize('select 1')
                assert [t.token_id for t in tokens] == [204, 11]
                assert [t.token_name for t in tokens] == ['TK_SQL_SELECT', 'TK_INTEGER']
                """);
    }

    @Test
    void passwords() throws ScriptException {
        passes("""
                import mysql.password as password
                assert password.hash('secret').encode('hex') == 'e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4'
                challenge, hashed = 'A' * 20, password.hash('secret')
                scrambled, double = password.scramble(challenge, hashed), password.hash(hashed)
                assert password.unscramble(challenge, scrambled, double) == hashed
                assert type(password.check(challenge, 'B' * 20, double)) is int
                assert password.check(challenge, 'B' * 20, double) == 0 and password.check('A', scrambled, double) == 0
                assert password.scramble('A', hashed) == '' and password.unscramble(challenge, 'x', double) == ''
                sha2 = password.sha2_hash('secret')
                assert password.sha2_check(challenge, password.sha2_scramble(challenge, sha2), password.sha2_hash(sha2)) == 1
                assert failure(lambda: password.hash()) == 'TypeError: function takes exactly 1 argument (0 given)'
                assert failure(lambda: password.hash(5)) == \\
                    'TypeError: argument 1 must be string or read-only buffer, not int'
                """);
    }

    @Test
    void errPackets() throws ScriptException {
        passes("""
                import mysql.proto as proto
                err = proto.from_err_packet('\\xff\\x15\\x04#28000nope')
                assert (err.errcode, err.sqlstate, err.errmsg) == (1045, '28000', 'nope')
                assert proto.from_err_packet('\\xff\\x15\\x04#28000').errmsg == ''
                for packet in ('', '\\0', '\\xff\\x15\\x04nope', '\\xff\\x15'):
                    assert failure(lambda: proto.from_err_packet(packet)) == \\
                        'ValueError: network_mysqld_proto_get_err_packet() failed'
                """);
    }

    @Test
    void challenges() throws ScriptException {
        passes("""
                import mysql.proto as proto
                default = ('\\n5.0.99\\0' + '\\0\\0\\0\\0' + '01234567' + '\\0' + '\\0\\x82' + '\\0' + '\\0\\0' + 13 * '\\0'
                           + '890123456789' + '\\0')
                assert proto.to_challenge_packet({}) == default
                assert proto.to_challenge_packet({'protocol_version': 7, 'nosuch': 1}) == default
                assert proto.to_challenge_packet({'server_version': 50114})[1:9] == '5.01.14\\0'
                assert proto.to_challenge_packet({'challenge': 'ab'})[12:20] == 'ab' + 6 * '\\0'
                assert proto.to_challenge_packet({'thread_id': 2L ** 31, 'capabilities': 512L})[8:12] == '\\0\\0\\0\\x80'
                assert failure(lambda: proto.to_challenge_packet(5)) == 'TypeError: argument 1 must be dict, not int'
                assert failure(lambda: proto.to_challenge_packet({'thread_id': 'x'})) == \\
                    'ValueError: auth_challenge.thread_idmust be an int'
                assert failure(lambda: proto.to_challenge_packet({'challenge': 5})) == \\
                    'ValueError: auth_challenge.challengemust be an string'
                """);
    }

    @Test
    void responses() throws ScriptException {
        passes("""
                import mysql.proto as proto
                packet = proto.to_response_packet({'capabilities': 0x8208, 'max_packet_size': 1, 'charset': 33,
                                                   'username': 'joe', 'response': 20 * 'r', 'database': 'db'})
                assert packet == '\\x08\\x82\\0\\0' + '\\1\\0\\0\\0' + '\\x21' + 23 * '\\0' + 'joe\\0' + '\\x14' + 20 * 'r' + 'db\\0'
                assert proto.to_response_packet({}) == '\\0\\x82\\0\\0' + 4 * '\\0' + '\\0' + 23 * '\\0' + '\\0' + '\\0'
                assert proto.to_response_packet({'capabilities': 1, 'username': 'joe'}) == '\\1\\0' + '\\0\\0\\0' + 'joe\\0'
                assert proto.to_response_packet({'capabilities': 1, 'response': 'r'}) == '\\1\\0\\0\\0\\0' + '\\0' + 'r\\0'
                assert failure(lambda: proto.to_response_packet({'charset': 'x'})) == \\
                    'ValueError: auth_response.charsetmust be an int'
                assert failure(lambda: proto.to_response_packet({'username': 5})) == \\
                    'ValueError: auth_response.usernamemust be an string'
                """);
    }

    @Test
    void packetsThatTheOriginalLacked() throws ScriptException {
        passes("""
                import mysql.proto as proto
                assert proto.from_ok_packet(proto.to_ok_packet({'affected_rows': 300})) == \\
                    {'affected_rows': 300, 'insert_id': 0, 'server_status': 0, 'warnings': 0}
                assert proto.from_challenge_packet(proto.to_challenge_packet({}))['challenge'] == '01234567890123456789'
                assert proto.to_err_packet({'errmsg': 'm', 'errcode': 1064, 'sqlstate': '42000'}) == '\\xff\\x28\\x04#42000m'
                p = '\\x17\\1\\0\\0\\0\\0\\1\\0\\0\\0' + '\\0' + '\\1' + '\\xfe\\0' + '\\3abc'
                assert proto.from_stmt_execute_packet(p, 1)['params'] == ({'type': 254, 'value': 'abc'},)
                """);
    }

    @Test
    void tokens() throws ScriptException {
        passes("""
                import mysql.tokenizer as tokenizer
                assert tokenizer.tokenize('') == ()
                tokens = tokenizer.tokenize("SELEcT count(*) /*!50000 x */ 'a\\xff'")
                assert type(tokens) is tuple
                assert [(t.token_name, t.text) for t in tokens] == [
                    ('TK_SQL_SELECT', 'SELEcT'), ('TK_FUNCTION', 'count'), ('TK_OBRACE', '('), ('TK_STAR', '*'),
                    ('TK_CBRACE', ')'), ('TK_COMMENT_MYSQL', '50000 x '), ('TK_STRING', 'a\\xff')]
                assert all(type(t.text) is str and type(t.token_id) is int for t in tokens)
                assert failure(lambda: tokens[0]['text']).startswith('TypeError')
                tokens[0].mine = 1
                assert tokens[0].mine == 1 and repr(tokens[0])
                """);
    }

    @Test
    @Tag("P-75")
    void chassisLog() throws ScriptException {
        passes("""
                import chassis
                assert failure(lambda: chassis.log('bogus', 'x')) == "KeyError: 'dict has not key named bogus'"
                assert chassis.message('x') is None
                """);
    }

    @Test
    void chassis() throws ScriptException {
        passes("""
                import chassis
                for level in 'error critical warning message info debug'.split():
                    assert chassis.log(level, 'x') is None and getattr(chassis, level)('x') is None
                assert failure(lambda: chassis.message('a\\0b')).startswith('TypeError')
                assert failure(lambda: chassis.message(5)).startswith('TypeError')
                assert chassis.get_stats()['chassis'].keys() and chassis.get_stats('CHASSIS')['lua_mem_bytes'] > 0
                assert chassis.get_stats('nosuch') is None and chassis.mem_profile() is None
                assert chassis.set_shutdown() is None
                """);
        assertThat(python.shutdowns).hasValue(1);
    }

    @Test
    void glib() throws ScriptException {
        passes("""
                import glib2
                assert glib2.md5('abc') == '900150983cd24fb0d6963f7d28e17f72' and glib2.usleep(1) is None
                assert not hasattr(glib2, 'get_current_time')
                """);
    }

    @Test
    void utilities() throws ScriptException {
        passes("""
                import proxy_utils
                assert proxy_utils.get_query_type('\\x03SELECT 1') == 3
                assert proxy_utils.get_query_content('\\x03SELECT 1') == 'SELECT 1'
                assert failure(lambda: proxy_utils.get_query_type('')).startswith('IndexError')
                """);
    }
}
