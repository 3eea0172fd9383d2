package io.mysqlproxy.launcher.module;

import io.mysqlproxy.script.ScriptException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries that are written in Python (python-api.md 4.7 to 4.14). */
class PythonLibrariesTest {
    private static final String PRELUDE = """
            import sys
            class Lines(object):
                def __init__(self): self.text = ''
                def write(self, text): self.text += text
                def flush(self): pass
            def printed(call, *args):
                old, sys.stdout = sys.stdout, Lines()
                try:
                    result = call(*args)
                    return sys.stdout.text, result
                finally:
                    sys.stdout = old
            def failure(call, *args):
                try:
                    call(*args)
                except Exception as e:
                    return type(e).__name__
            class Holder(object):
                def __init__(self, **attributes): self.__dict__.update(attributes)
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
    @Tag("P-74")
    void commandsAreParsed() throws ScriptException {
        passes("""
                import proxy.commands as commands
                cmd = commands.parse('\\x03SELECT 1')
                assert (cmd.type, cmd.type_name, cmd.query) == (3, 'COM_QUERY', 'SELECT 1')
                assert printed(commands.parse, '\\x1f')[1].type_name == 'COM_RESET_CONNECTION'
                """);
    }

    @Test
    void commands() throws ScriptException {
        passes("""
                import proxy.commands as commands
                assert len(commands.command_names) == 32 and commands.command_names[24] == 'COM_STMT_SEND_LONG_DATA'
                assert commands.parse('\\x17\\1\\2\\0\\0').stmt_handler_id == 513
                assert commands.parse('\\4t').table == 't' and commands.parse('\\2d').schema == 'd'
                assert commands.parse('\\x1b\\1\\0').option == '\\1\\0'
                assert failure(commands.parse, '') == failure(commands.parse, '\\x17\\1') == 'IndexError'
                text, cmd = printed(commands.parse, '\\x63')
                assert text == '[debug] (command) unhandled type name:None byte:99\\n' and cmd.type_name is None
                pretty = lambda packet: commands.pretty_print(printed(commands.parse, packet)[1])
                assert pretty('\\3SELECT 1') == '[COM_QUERY] SELECT 1' and pretty('\\2d') == '[COM_INIT_DB] d'
                assert pretty('\\x0e') == '[COM_PING]' and pretty('\\x17\\1\\0\\0\\0') == '[COM_STMT_EXECUTE] 1'
                assert pretty('\\x19\\1\\0\\0\\0') == '[COM_STMT_CLOSE] ... no idea'
                assert pretty('\\xfa\\1\\2\\0\\0\\x80\\0') == '[COM_STMT_BULK_EXECUTE] 513'
                assert commands.generic({'a': 1}).a == 1 and commands.generic()
                """);
    }

    @Test
    void tokenizer() throws ScriptException {
        passes("""
                import proxy.tokenizer as tokenizer
                normalized = lambda sql: tokenizer.normalize(tokenizer.tokenize(sql))
                assert normalized('select 1') == 'SELECT ? '
                assert normalized('select count(*) from mysql.user') == 'SELECT COUNT( * ) FROM `mysql` . `user` '
                assert normalized('start transaction') == 'START TRANSACTION ' and normalized('') == ''
                assert normalized('commit work') == 'COMMIT `work` '
                assert normalized('create table commit (id int)') == 'CREATE TABLE `commit` ( `id` INT ) '
                assert normalized('SELECT /*!50000 1 + */ 1') == 'SELECT /*!50000 1 + */ ? '
                assert normalized('select @i := 1') == 'SELECT @i := ? '
                tokens = tokenizer.tokenize('/* c */ select "a" x')
                assert tokenizer.first_stmt_token(tokens).text == 'select' and tokenizer.first_stmt_token(()) is None
                assert tokenizer.bare_tokens(tokens, True) == ['select', 'a', 'x']
                assert failure(tokenizer.bare_tokens, tokens) == 'TypeError'
                assert tokenizer.tokens_to_query(tokens) == 'select "a" x '
                assert tokenizer.tokens_to_query(tokens, 3, 3) == '"a" '
                assert tokenizer.tokens_to_query(tokens, 0, 2) == tokenizer.tokens_to_query(tokens, 1, 2) == 'select '
                assert [t.text for t in tokenizer.tokens_without_comments(tokens)] == ['select', 'a', 'x']
                sql = 'select count(*) from information_schema.tables where table_schema="mysql" and table_name like \\'user\\''
                assert tokenizer.tokens_to_query(tokenizer.tokenize(sql)) == ('select count( * ) from information_schema . '
                    'tables where table_schema = "mysql" and table_name like "user" ')
                """);
    }

    @Test
    void balance() throws ScriptException {
        passes("""
                import proxy.balance as balance
                class Users(object):
                    def __init__(self, idle): self.idle = idle
                    def __getitem__(self, name): return Holder(cur_idle_connections=self.idle if name == 'joe' else 0)
                def backend(kind, state, idle, clients):
                    return Holder(type=kind, state=state, connected_clients=clients, pool=Holder(users=Users(idle)))
                def shown(user, *backends):
                    return Holder(globals=Holder(backends=backends), connection=Holder(client=Holder(username=user)),
                                  BACKEND_STATE_DOWN=2, BACKEND_TYPE_RW=1, BACKEND_TYPE_RO=2)
                backends = (backend(2, 1, 1, 5), backend(1, 2, 1, 0), backend(1, 1, 0, 0), backend(1, 0, 1, 0),
                            backend(2, 1, 1, 3), backend(2, 1, 1, 3))
                assert balance.idle_failsafe_rw(shown('joe', *backends)) == 3
                assert balance.idle_ro(shown('joe', *backends)) == 4
                assert balance.idle_failsafe_rw(shown('ann', *backends)) == -1
                assert balance.idle_ro(shown('ann', *backends)) == 0
                """);
    }

    @Test
    void parser() throws ScriptException {
        passes("""
                import proxy.parser as parser, proxy.tokenizer as tokenizer
                tables = lambda sql, *db: printed(parser.get_tables, tokenizer.tokenize(sql), *db)[1]
                assert tables('SELECT * FROM db.tbl') == {'db.tbl': 'read'} and tables('DELETE FROM t') == {'t': 'write'}
                assert tables('SELECT * FROM t, db.u', 'dd') == {'dd.t': 'read', 'db.u': 'read'}
                assert tables('SELECT (SELECT 1 FROM x) FROM t AS y JOIN u ON t.a = u.b WHERE c = 1') == \\
                    {'t': 'read', 'u': 'read'}
                assert tables('UPDATE db.t SET a = 1') == tables('INSERT INTO db.t VALUES (1)') == {'db.t': 'write'}
                assert tables('CREATE TABLE t (a INT)') == tables('DROP TABLE t') == {'t': 'write'}
                assert tables('REPLACE INTO t VALUES (1)') == tables('') == {}
                assert parser.tablename_expand('t') == 't' and parser.tablename_expand('t', 'd') == 'd.t'
                """);
    }

    private static final String CONFIG = """
            import proxy.auto_config as auto_config
            class Rwsplit(object):
                def __init__(self): self.max, self.is_debug, self.name = 4, False, 'a'
            def ask(query, *first):
                p = Holder(globals=Holder(config=Holder(rwsplit=Rwsplit(), other={'x': 1}, ignored=5)), response=None, COM_QUERY=3,
                           MYSQLD_PACKET_OK=0, MYSQLD_PACKET_ERR=255, MYSQL_TYPE_STRING=254, PROXY_SEND_RESULT=2)
                result = auto_config.handle(Holder(type=3, query=query), p)
                return result, p.response, p.globals.config
            """;

    @Test
    void configuration() throws ScriptException {
        passes(CONFIG + """
                for query in ('PROXY SHOW CONFIG', 'proxy show\\tconfig'):
                    result, response, config = ask(query)
                    assert result == 2 and response['resultset']['fields'] == [
                        ('module', 254), ('option', 254), ('value', 254), ('type', 254)]
                    assert sorted(response['resultset']['rows']) == [('other', 'x', '1', 'int'),
                        ('rwsplit', 'is_debug', 'False', 'bool'), ('rwsplit', 'max', '4', 'int'), ('rwsplit', 'name', 'a', 'str')]
                assert ask('PROXY SHOW CONFIG ')[0] is ask('PROXY SHOW CONFIG;')[0] is ask('x' * 129)[0] is None
                result, response, config = ask('PROXY SET GLOBAL rwsplit.max = 9')
                assert response == {'type': 0, 'affected_rows': 1, 'insert_id': 0} and config.rwsplit.max == 9
                assert ask('proxy set global rwsplit.is_debug=true')[2].rwsplit.is_debug is True
                assert ask('PROXY SET GLOBAL rwsplit.name = "b c"')[2].rwsplit.name == 'b c'
                assert ask('PROXY SET GLOBAL other.x = -2')[2].other == {'x': -2}
                assert ask('PROXY SET GLOBAL nosuch.max = 9')[1] == {'type': 255, 'errmsg': 'module not known'}
                assert ask('PROXY SET GLOBAL ignored.max = 9')[1] == {'type': 255, 'errmsg': 'module not known'}
                assert ask('PROXY SET GLOBAL rwsplit.nosuch = 9')[1] == {'type': 255, 'errmsg': 'option not know'}
                options = {'m': {'o': 1}}
                p = Holder(COM_QUERY=3, MYSQLD_PACKET_OK=0, PROXY_SEND_RESULT=2)
                auto_config.handle(options, p, Holder(type=3, query='PROXY SET GLOBAL m.o = 2'))
                assert options == {'m': {'o': 2}}
                assert auto_config.get_tokens(auto_config.lang, 'PROXY SET a.b = "x y"') == \\
                    ['PROXY', 'SET', 'a', '.', 'b', '=', '"x y"']
                assert auto_config.seq_find('abc', 'b') == 1 and auto_config.seq_find('abc', 'x') is None
                """);
    }

    @Test
    void savedConfiguration(@TempDir Path folder) throws ScriptException {
        passes(CONFIG + "path = '" + folder.resolve("f") + "'\n" + """
                options = {'m': {'n': 0.1, 'big': 2 ** 70, 't': True, 's': 'a"b\\\\c\\n\\0\\xff', 'f': len}}
                auto_config.save(options, path)
                found = {'m': {'n': 5, 'kept': 1}}
                auto_config.load(found, path)
                del options['m']['f']
                assert found == {'m': dict(options['m'], kept=1)}
                fresh = {}
                auto_config.load(fresh, path)
                assert fresh == options
                assert ask('PROXY SAVE CONFIG INTO "%s"' % path)[1] == {'type': 0, 'affected_rows': 0, 'insert_id': 0}
                result, response, config = ask('PROXY LOAD CONFIG FROM "%s"' % path)
                assert response['type'] == 0 and config.rwsplit.max == 4
                response = ask('PROXY LOAD CONFIG FROM "%s.none"' % path)[1]
                assert response['type'] == 255 and 'No such file' in response['errmsg']
                with open(path, 'w') as out: out.write('__import__("os")')
                assert ask('PROXY LOAD CONFIG FROM "%s"' % path)[1]['type'] == 255
                """);
    }

    @Test
    void configurationOfTheRealProxy() throws ScriptException {
        passes("""
                import proxy.auto_config as auto_config
                class Rwsplit(object):
                    max = None
                    def __init__(self): self.max = 4
                proxy.globals.config.rwsplit = Rwsplit()
                cmd = lambda query: Holder(type=proxy.COM_QUERY, query=query)
                assert auto_config.handle(cmd('PROXY SET GLOBAL rwsplit.max = 9'), proxy) == proxy.PROXY_SEND_RESULT
                assert proxy.globals.config.rwsplit.max == 9
                assert auto_config.handle(cmd('PROXY SHOW CONFIG'), proxy) == proxy.PROXY_SEND_RESULT
                assert proxy.response.resultset['rows'] == [('rwsplit', 'max', '9', 'int')]
                assert proxy.response.type == proxy.MYSQLD_PACKET_OK
                """);
    }

    private static final String HOOKS = """
            class Queue(list):
                def append(self, *args): list.append(self, args)
                def prepend(self, *args): self.insert(0, args)
                def reset(self): del self[:]
            def shown(**attributes):
                p = Holder(queries=Queue(), response=None, PROXY_SEND_QUERY=1, PROXY_SEND_RESULT=2, PROXY_IGNORE_RESULT=4,
                           MYSQLD_PACKET_OK=0, MYSQLD_PACKET_ERR=255, MYSQL_TYPE_STRING=254, COM_QUERY=3, COM_QUIT=1, COM_INIT_DB=2,
                           BACKEND_STATE_DOWN=2, BACKEND_TYPE_RW=1, BACKEND_TYPE_RO=2)
                import proxy.commands as commands
                for number, name in enumerate(commands.command_names): setattr(p, name, number)
                p.__dict__.update(attributes)
                return p
            """;

    @Test
    void adminSql() throws ScriptException {
        passes(HOOKS + """
                import admin_sql
                def sent(text):
                    p = shown()
                    return admin_sql.read_query(p, '\\x03' + text), list(p.queries)
                assert sent('PING') == (1, [(14, '\\x0e', True)]) and sent('ping') == (None, [])
                assert sent('PREP1') == (1, [(22, '\\x16SELECT ?', True)])
                assert sent('EXEC1') == (1, [(23, '\\x17\\1\\0\\0\\0\\0\\1\\0\\0\\0\\0\\1\\0\\xfe\\x041234', True)])
                assert sent('FETCH1') == (1, [(28, '\\x1c\\1\\0\\0\\0\\x80\\0\\0\\0', True)])
                assert admin_sql.read_query(shown(), '\\x0ePING') is None
                def answered(number, raw):
                    p = shown()
                    return admin_sql.read_query_result(p, Holder(id=number, resultset=Holder(raw=raw))), p.response
                assert answered(14, '\\0') == (None, None) and answered(8, '\\xff..') == (None, None)
                assert answered(13, '\\xfe') == (2, {'type': 0}) and answered(99, '') == (2, {'type': 255})
                assert answered(9, 'Uptime: 1') == (2, {'type': 0, 'resultset': {
                    'fields': [('statisitics', 254)], 'rows': [('Uptime: 1',)]}})
                """);
    }

    @Test
    void readWriteSplitting() throws ScriptException {
        passes(HOOKS + """
                import rw_splitting
                import proxy.pooling as pooling
                class Users(object):
                    def __init__(self, idle): self.idle = idle
                    def __getitem__(self, name): return Holder(cur_idle_connections=self.idle)
                def backend(kind, idle):
                    return Holder(type=kind, state=1, connected_clients=0, dst=Holder(name='b'), pool=Holder(users=Users(idle)))
                def world(*backends):
                    config = Holder()
                    p = shown(globals=Holder(backends=backends, config=config),
                              connection=Holder(backend_ndx=-1, server=Holder(default_db='d', thread_id=1, dst=Holder(name='b')),
                                                client=Holder(username='joe', default_db='d')))
                    printed(rw_splitting.connect_server, p)
                    return p
                p = world(backend(1, 4), backend(2, 0))
                assert p.connection.backend_ndx == 1 and p.globals.backends[0].pool.max_idle_connections == 8
                assert world(backend(1, 4), backend(2, 4)).connection.backend_ndx == 0
                p = world(backend(1, 4), backend(2, 4))
                rw_splitting.read_auth_result(p, Holder(packet='\\0'))
                pooling.names_of(Holder(thread_id=1, dst=Holder(name='b')), ('latin1', None, 'latin1_bin'))
                assert p.connection.backend_ndx == -1
                def ask(packet, **attributes):
                    p = world(backend(1, 4), backend(2, 4))
                    p.connection.backend_ndx = -1
                    p.__dict__.update(attributes)
                    return rw_splitting.read_query(p, packet), p
                result, p = ask('\\x03SELECT 1')
                assert result == 1 and p.connection.backend_ndx == 1 and list(p.queries) == [(1, '\\x03SELECT 1', True)]
                assert ask('\\x03INSERT INTO t VALUES (1)')[1].connection.backend_ndx == 0
                assert ask('\\x03SELECT 1', is_in_transaction=True)[1].connection.backend_ndx == 0
                assert ask('\\x03SELECT @@INSERT_ID')[1].connection.backend_ndx == 0
                assert ask('\\1')[0] == 2 and ask('\\x03PROXY SHOW CONFIG')[0] == 2
                result, p = ask('\\x03SELECT 1', connection=Holder(backend_ndx=0, server=Holder(default_db='e', thread_id=1, dst=Holder(name='b')),
                                client=Holder(username='joe', default_db='d')))
                assert list(p.queries) == [(2, '\\x02d', True), (1, '\\x03SELECT 1', True)]
                def answered(number, p, **result):
                    return rw_splitting.read_query_result(p, Holder(id=number, resultset=Holder(**result)))
                p.connection.backend_ndx = 1
                assert answered(2, p, query_status=0) == 4
                assert answered(2, p, query_status=255) == 2 and p.response['errmsg'] == "can't change DB d to on slave b"
                assert answered(1, p, flags=Holder(in_trans=0), insert_id=None) is None and p.connection.backend_ndx == -1
                p.connection.backend_ndx = 1
                answered(1, p, flags=Holder(in_trans=1), insert_id=None)
                assert p.connection.backend_ndx == 1 and p.is_in_transaction
                rw_splitting.disconnect_client(p)
                assert p.connection.backend_ndx == -1
                """);
    }

    @Test
    void crossTabulation() throws ScriptException {
        passes(HOOKS + """
                import xtab
                def ask(query, p):
                    result = xtab.read_query(p, '\\x03' + query)
                    return result, p.response and p.response['resultset']['fields'][0][0], \\
                        p.response and [row[0] for row in p.response['resultset']['rows']]
                result, name, rows = ask('XTAB help', shown())
                assert (result, name, len(rows)) == (2, 'XTAB help', 19)
                assert rows[0] == 'xtab - version 0.1.3 - (C) MySQL AB 2007'
                assert ask('select xtab version', shown()) == (2, 'XTAB version', ['0.1.3'])
                assert ask('xtab QUERY', shown())[1:][0] == 'XTAB query '
                assert ask('xtab query', shown())[2][-1] == 'Current setting: returns a query'
                assert ask('xtab noquery', shown())[2][-1] == 'Current setting: returns a result set'
                assert ask('xtab nosuch', shown()) == (2, 'XTAB ERROR', ['unknown command. Enter "XTAB HELP" for help'])
                result, name, rows = ask('xtab t r c median o', shown())
                assert (name, len(rows), rows[0]) == ('XTAB ERROR', 3, 'unknown operator.')
                assert failure(ask, 'xtab', shown()) == failure(ask, 'xtab t r', shown()) == 'IndexError'
                assert ask('select 1', shown())[0] is None and xtab.read_query(shown(), '\\x0e') is None
                p = shown()
                assert ask('xtab t r c SUM o summary', p)[0] == 1
                assert p.queries[0] == (1024, '\\x03set group_concat_max_len = 1024*1024', True)
                assert p.queries[1][0] == 2048 and "'sum(if( `c`= '" in p.queries[1][1] and p.queries[1][1].endswith(' from t')
                p.queries.reset()
                assert xtab.read_query_result(p, Holder(id=1024)) == 4
                columns = "sum(if( `c`= 'a',`o`,null)) as `c_a`"
                assert xtab.read_query_result(p, Holder(id=2048, resultset=Holder(rows=iter([(columns,)])))) == 4
                assert p.queries == [(4096, '\\x03SELECT r , ' + columns + ' , sum(`o`) AS total FROM t GROUP BY r', True)]
                assert xtab.read_query_result(p, Holder(id=4096)) is None
                """);
    }
}
