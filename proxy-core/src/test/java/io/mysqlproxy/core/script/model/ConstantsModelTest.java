package io.mysqlproxy.core.script.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.Member;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** lua-api.md 3.1, J-17, J-18: the complete list. */
class ConstantsModelTest {
    private static final String LIST = """
            PROXY_SEND_QUERY=1 PROXY_SEND_RESULT=2 PROXY_IGNORE_RESULT=4 PROXY_VERSION=2053
            MYSQLD_PACKET_OK=0 MYSQLD_PACKET_ERR=255 MYSQLD_PACKET_RAW=250
            BACKEND_STATE_UNKNOWN=0 BACKEND_STATE_UP=1 BACKEND_STATE_DOWN=2 BACKEND_STATE_RW=1 BACKEND_STATE_RO=2
            BACKEND_TYPE_UNKNOWN=0 BACKEND_TYPE_RW=1 BACKEND_TYPE_RO=2
            COM_SLEEP=0 COM_QUIT=1 COM_INIT_DB=2 COM_QUERY=3 COM_FIELD_LIST=4 COM_CREATE_DB=5 COM_DROP_DB=6 COM_REFRESH=7
            COM_SHUTDOWN=8 COM_STATISTICS=9 COM_PROCESS_INFO=10 COM_CONNECT=11 COM_PROCESS_KILL=12 COM_DEBUG=13 COM_PING=14
            COM_TIME=15 COM_DELAYED_INSERT=16 COM_CHANGE_USER=17 COM_BINLOG_DUMP=18 COM_TABLE_DUMP=19 COM_CONNECT_OUT=20
            COM_REGISTER_SLAVE=21 COM_STMT_PREPARE=22 COM_STMT_EXECUTE=23 COM_STMT_SEND_LONG_DATA=24 COM_STMT_CLOSE=25
            COM_STMT_RESET=26 COM_SET_OPTION=27 COM_STMT_FETCH=28 COM_DAEMON=29
            COM_ERROR=30 COM_BINLOG_DUMP_GTID=30 COM_RESET_CONNECTION=31
            MYSQL_TYPE_DECIMAL=0 MYSQL_TYPE_TINY=1 MYSQL_TYPE_SHORT=2 MYSQL_TYPE_LONG=3 MYSQL_TYPE_FLOAT=4 MYSQL_TYPE_DOUBLE=5
            MYSQL_TYPE_NULL=6 MYSQL_TYPE_TIMESTAMP=7 MYSQL_TYPE_LONGLONG=8 MYSQL_TYPE_INT24=9 MYSQL_TYPE_DATE=10
            MYSQL_TYPE_TIME=11 MYSQL_TYPE_DATETIME=12 MYSQL_TYPE_YEAR=13 MYSQL_TYPE_NEWDATE=14 MYSQL_TYPE_BIT=16
            MYSQL_TYPE_NEWDECIMAL=246 MYSQL_TYPE_ENUM=247 MYSQL_TYPE_SET=248 MYSQL_TYPE_TINY_BLOB=249
            MYSQL_TYPE_MEDIUM_BLOB=250 MYSQL_TYPE_LONG_BLOB=251 MYSQL_TYPE_BLOB=252 MYSQL_TYPE_VAR_STRING=253
            MYSQL_TYPE_STRING=254 MYSQL_TYPE_GEOMETRY=255
            MYSQL_TYPE_CHAR=1 MYSQL_TYPE_VARCHAR=15 MYSQL_TYPE_VECTOR=242 MYSQL_TYPE_JSON=245 MYSQL_TYPE_INTERVAL=247
            """;

    private final HostObject proxy = ProxyModel.outside(new Backends(List.of(), () -> 0));

    @Test
    void allOfThemAndNoOther() {
        Map<String, Long> expected = Arrays.stream(LIST.strip().split("\\s+"))
                .map(text -> text.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
        Map<String, Long> declared = proxy.type().members().stream()
                .filter(Member.Constant.class::isInstance)
                .map(Member.Constant.class::cast)
                .collect(Collectors.toMap(Member.Constant::name, Member.Constant::value));
        assertThat(new TreeMap<>(declared)).isEqualTo(new TreeMap<>(expected));
    }

    @Test
    void whatScriptsMustNotFind() {
        for (String name : List.of("MYSQLD_PACKET_EOF", "MYSQLD_PACKET_NULL", "PROXY_NO_DECISION", "VERSION")) {
            assertThat(proxy.type().member(name)).isNull();
        }
    }
}
