package io.mysqlproxy.launcher.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code mysql.proto} in Lua. */
class LuaProtoTest {
    private static final String PRELUDE = """
            local proto = require("mysql.proto")
            local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
            local function bin(s) return (s:gsub("%x%x", function(d) return string.char(tonumber(d, 16)) end)) end
            local function raises(f, ...) local ok, text = pcall(f, ...) assert(not ok) return text end
            local function is(value, expected)
                if value ~= expected then error(tostring(value) .. " is not " .. tostring(expected), 2) end
            end
            """;

    private ModuleFixture lua;

    @BeforeEach
    void open() {
        lua = ModuleFixture.lua();
    }

    private void passes(String body) throws ScriptException {
        lua.run(PRELUDE + body);
    }

    private String error(String expression) throws ScriptException {
        return lua.value(
                PRELUDE + "proxy.response.value = select(2, pcall(function() local r = " + expression + " end))");
    }

    @Test
    @Tag("L-05")
    void writesOk() throws ScriptException {
        passes("""
                is(proto.to_ok_packet{}, ("\\0"):rep(7))
                is(hex(proto.to_ok_packet{affected_rows=300,insert_id=70000,server_status=2,warnings=1}),
                    "00fc2c01fd70110102000100")
                """);
    }

    @Test
    void writesOkOfEveryWidth() throws ScriptException {
        passes("""
                local function rows(n) return hex(proto.to_ok_packet{affected_rows=n}):sub(3, -11) end
                is(rows(251), "fcfb00") is(rows(16777216), "fe0000000100000000") is(rows(2^33), "fe0000000002000000")
                is(rows(-1), "feffffffffffffffff") is(rows(1.7), "01") is(rows("12"), "0c") is(rows("abc"), "00")
                is(hex(proto.to_ok_packet{server_status=65541}), "00000005000000")
                is(proto.from_ok_packet(proto.to_ok_packet{affected_rows=-1}).affected_rows, -1)
                """);
    }

    @Test
    @Tag("L-06")
    void readsOk() throws ScriptException {
        passes("""
                local ok = proto.from_ok_packet("\\0\\252\\1\\1\\253\\1\\1\\1\\2\\0\\3\\0")
                is(ok.affected_rows, 257) is(ok.insert_id, 65793) is(ok.server_status, 2) is(ok.warnings, 3)
                is(proto.from_ok_packet("\\0\\0\\0\\0\\0\\0\\0surplus").warnings, 0)
                """);
    }

    @Test
    @Tag("L-07")
    void refusesWhatIsNoOk() throws ScriptException {
        passes("""
                raises(proto.from_ok_packet, "") raises(proto.from_ok_packet, nil) raises(proto.from_ok_packet, {})
                raises(proto.from_ok_packet, "\\1\\0\\0\\0\\0\\0\\0") raises(proto.from_ok_packet, "\\0\\0\\0\\0\\0")
                raises(proto.from_ok_packet, "\\0\\251\\0\\0\\0\\0\\0")
                """);
        assertThat(error("proto.from_ok_packet()"))
                .contains("bad argument #1 to 'from_ok_packet' (string expected, got no");
        assertThat(error("proto.to_ok_packet(5)"))
                .contains("bad argument #1 to 'to_ok_packet' (table expected, got number)");
        assertThat(error("proto.from_ok_packet('')")).contains(".lua\"]:").contains(": from_ok_packet() failed: ");
    }

    @Test
    @Tag("L-08")
    void readsErr() throws ScriptException {
        passes("""
                local err = proto.from_err_packet("\\255\\021\\004#28000nope")
                is(err.errcode, 1045) is(err.sqlstate, "28000") is(err.errmsg, "nope")
                is(proto.from_err_packet("\\255\\021\\004#28000").errmsg, nil)
                is(proto.from_err_packet("\\255\\021\\004#28000a\\0b").errmsg, "a\\0b")
                raises(proto.from_err_packet, "\\255\\021\\004nope") raises(proto.from_err_packet, "\\255\\021\\004#28")
                """);
    }

    @Test
    @Tag("L-09")
    void writesErr() throws ScriptException {
        passes("""
                local p = proto.to_err_packet{errmsg="123"}
                is(#p, 12)
                local err = proto.from_err_packet(p)
                is(err.errcode, 0) is(err.sqlstate, "07000") is(err.errmsg, "123")
                is(#proto.from_err_packet(proto.to_err_packet{errmsg=("x"):rep(600)}).errmsg, 512)
                is(hex(proto.to_err_packet{}), "ff0000233037303030")
                is(hex(proto.to_err_packet{errmsg="m",errcode=1064,sqlstate="42000"}), "ff28042334323030306d")
                is(proto.from_err_packet(proto.to_err_packet{sqlstate="42"}).sqlstate, "42000")
                is(proto.from_err_packet(proto.to_err_packet{sqlstate="420001"}).sqlstate, "42000")
                is(proto.from_err_packet(proto.to_err_packet{errmsg=5}).errmsg, "5")
                """);
    }

    @Test
    @Tag("L-10")
    void eof() throws ScriptException {
        passes("""
                local eof = proto.from_eof_packet("\\254\\1\\0\\2\\0")
                is(eof.warnings, 1) is(eof.server_status, 2)
                is(proto.to_eof_packet(eof), "\\254\\1\\0\\2\\0") is(hex(proto.to_eof_packet{}), "fe00000000")
                raises(proto.from_eof_packet, "\\254\\1\\0\\2")
                """);
    }

    @Test
    @Tag("L-11")
    void writesChallenges() throws ScriptException {
        passes("""
                is(hex(proto.to_challenge_packet{}), "0a352e302e3939000000000030313233343536370000820000000000"
                    .. ("00"):rep(11) .. "38393031323334353637383900")
                is(#proto.to_challenge_packet{}, 52)
                is(proto.to_challenge_packet{}:sub(2, 7), "5.0.99")
                local p = proto.to_challenge_packet{server_version=50034}
                is(#p, 53) is(p:sub(2, 8), "5.00.34") is(proto.from_challenge_packet(p).server_version, 50034)
                is(proto.from_challenge_packet(p).challenge, "01234567890123456789")
                is(proto.to_challenge_packet{server_version=50119}:sub(2, 8), "5.01.19")
                local c = proto.from_challenge_packet(proto.to_challenge_packet{server_version=50513, thread_id=7,
                    capabilities=0x88200, charset=33, server_status=2, challenge=("x"):rep(20) .. "\\0",
                    auth_plugin_name="mysql_native_password"})
                is(c.thread_id, 7) is(c.capabilities, 0x88200) is(c.charset, 33) is(c.server_status, 2)
                is(c.challenge, ("x"):rep(20) .. "\\0") is(c.auth_plugin_name, "mysql_native_password")
                is(c.protocol_version, 10)
                is(proto.to_challenge_packet{server_version=50601, capabilities=0x88200, challenge=("x"):rep(21),
                    auth_plugin_name="ab"}:sub(-2), "ab")
                """);
    }

    @Test
    @Tag("L-12")
    void readsChallengesWithPlugins() throws ScriptException {
        passes("""
                local head = "\\n5.5.62\\0" .. "\\1\\0\\0\\0" .. "12345678" .. "\\0" .. "\\255\\247" .. "\\8" .. "\\2\\0"
                    .. "\\15\\128" .. "\\21" .. ("\\0"):rep(10) .. "901234567890\\0" .. "mysql_native_password"
                for _, packet in ipairs { head, head .. "\\0" } do
                    local c = proto.from_challenge_packet(packet)
                    is(#c.challenge, 21) is(c.challenge, "12345678901234567890\\0")
                    is(c.auth_plugin_name, "mysql_native_password") is(c.capabilities, 0x800ff7ff)
                end
                """);
    }

    @Test
    @Tag("L-13")
    void readsVersions() throws ScriptException {
        passes("""
                local tail = proto.to_challenge_packet{}:sub(8)
                local function version(text) return proto.from_challenge_packet("\\n" .. text .. tail).server_version end
                is(version("5.5.5-10.6.12-MariaDB"), 50505) is(version("8.0.30"), 80030)
                is(version("11.4.2-MariaDB"), 110402)
                raises(version, "5.5") raises(version, "x.y.z")
                raises(proto.from_challenge_packet, "\\255" .. proto.to_challenge_packet{}:sub(2))
                """);
    }

    @Test
    @Tag("L-14")
    void readsOldChallenges() throws ScriptException {
        passes("""
                local c = proto.from_challenge_packet(proto.to_challenge_packet{capabilities=0, challenge="12345678"})
                is(c.challenge, "12345678") is(c.auth_plugin_name, nil) is(c.capabilities, 0)
                """);
    }

    @Test
    @Tag("L-15")
    void responsesNeedTheServersCapabilities() throws ScriptException {
        assertThat(error("proto.to_response_packet{}")).endsWith(".server_capabilities has to be set");
        assertThat(error("proto.to_response_packet{server_capabilities='x'}"))
                .endsWith(".server_capabilities has to be a number");
        passes("proto.to_response_packet{server_capabilities='33288'}");
    }

    @Test
    @Tag("L-16")
    void responses() throws ScriptException {
        passes("""
                local p = proto.to_response_packet{server_capabilities=33288,capabilities=33288,username="foobar",database="db"}
                is(#p, 43)
                local r = proto.from_response_packet(p, 33288)
                is(r.username, "foobar") is(r.database, "db") is(r.response, nil) is(r.server_capabilities, 33288)
                is(r.capabilities, 33288) is(r.max_packet_size, 0) is(r.charset, 0)
                raises(proto.from_response_packet,
                    proto.to_response_packet{server_capabilities=33288,capabilities=33288}, 33288)
                """);
    }

    @Test
    void responsesOfEveryLayout() throws ScriptException {
        passes("""
                local both = 0x88208
                local r = proto.from_response_packet(proto.to_response_packet{server_capabilities=both, capabilities=both,
                    max_packet_size=2^24, charset=33, username="u", response=("r"):rep(32), database="d",
                    auth_plugin_name="caching_sha2_password"} .. "surplus", both)
                is(r.response, ("r"):rep(32)) is(r.auth_plugin_name, "caching_sha2_password") is(r.charset, 33)
                is(r.max_packet_size, 2^24) is(r.database, "d")
                r = proto.from_response_packet("\\5\\0\\1\\0\\0user\\0secret", 0)
                is(r.capabilities, 5) is(r.max_packet_size, 1) is(r.username, "user") is(r.response, "secret")
                is(proto.to_response_packet{server_capabilities=0, capabilities=5, max_packet_size=1, username="user",
                    response="secret"}, "\\5\\0\\1\\0\\0user\\0secret")
                raises(proto.to_response_packet, {server_capabilities=33280, response=("x"):rep(256)})
                """);
    }

    @Test
    @Tag("L-17")
    void readingResponsesNeedsTheServersCapabilities() throws ScriptException {
        passes("raises(proto.from_response_packet, proto.to_response_packet{server_capabilities=33280})");
    }

    @Test
    @Tag("L-18")
    void parametersOfEveryType() throws ScriptException {
        passes(PARAMETERS);
    }

    private static final String PARAMETERS = """
            local types = { 254, 6, 254, 8, 8, 3, 2, 1, 5, 4, 10, 12, 7, 11 }
            local p = { "\\23\\1\\0\\0\\0\\0\\1\\0\\0\\0", "\\3\\0", "\\1" }
            for _, t in ipairs(types) do p[#p + 1] = string.char(t, 0) end
            p[#p + 1] = "\\3foo" .. "\\1\\0\\0\\0\\0\\0\\0\\0" .. "\\1\\0\\0\\0\\0\\0\\0\\0" .. "\\1\\0\\0\\0" .. "\\1\\0" .. "\\1"
            p[#p + 1] = bin("6666666666662440") .. bin("00002441") .. bin("04da070a11") .. bin("0bda070a11131b1e01000000")
            p[#p + 1] = bin("0bda070a11131b1e01000000") .. bin("0c0178000000131b1e01000000")
            local s = proto.from_stmt_execute_packet(table.concat(p), 14)
            is(s.stmt_id, 1) is(s.flags, 0) is(s.iteration_count, 1) is(s.new_params_bound, true) is(#s.params, 14)
            local values = { nil, nil, "foo", 1, 1, 1, 1, 1, 10.2, 10.25, "2010-10-17", "2010-10-17 19:27:30.000000001",
                "2010-10-17 19:27:30.000000001", "-120 19:27:30.000000001" }
            for i, t in ipairs(types) do is(s.params[i].type, t) is(s.params[i].value, values[i]) end
            """;

    @Test
    void parametersOfRareTypes() throws ScriptException {
        passes("""
                local function value(type, unsigned, bytes)
                    local p = "\\23\\1\\0\\0\\0\\0\\1\\0\\0\\0" .. "\\0" .. "\\1" .. string.char(type, unsigned and 128 or 0) .. bytes
                    return proto.from_stmt_execute_packet(p, 1).params[1].value
                end
                is(value(1, false, "\\255"), -1) is(value(1, true, "\\255"), 255) is(value(2, false, "\\255\\255"), -1)
                is(value(3, true, "\\255\\255\\255\\255"), 4294967295) is(value(9, false, "\\255\\255\\255\\255"), -1)
                is(value(8, true, ("\\255"):rep(8)), -1) is(value(246, false, "\\0031.5"), "1.5")
                is(value(15, false, "\\1a"), "a") is(value(249, false, "\\0"), "") is(value(10, false, "\\0"), "0000-00-00")
                is(value(12, false, "\\0"), "0000-00-00 00:00:00.000000000") is(value(11, false, "\\0"), "0 00:00:00.000000000")
                raises(value, 13, false, "\\1\\0") raises(value, 16, false, "\\1\\0") raises(value, 200, false, "\\1\\0")
                raises(value, 10, false, bin("04da070d11")) raises(value, 10, false, bin("05da070a1100"))
                assert(raises(value, 10, false, bin("04da070a20")):find("_get_string() failed for type = 10", 1, true))
                raises(proto.from_stmt_execute_packet, "\\23\\1\\0\\0\\0\\0\\1\\0\\0\\0", -1)
                raises(proto.from_stmt_execute_packet, "\\23\\1\\0\\0\\0\\0\\1\\0\\0\\0")
                """);
    }

    @Test
    @Tag("L-19")
    void parametersThatWereBoundBefore() throws ScriptException {
        passes("""
                local s = proto.from_stmt_execute_packet("\\23\\1\\0\\0\\0\\0\\1\\0\\0\\0" .. "\\0" .. "\\0", 1)
                is(s.new_params_bound, false) is(s.params, nil)
                """);
    }

    @Test
    @Tag("L-20")
    void statementNumbers() throws ScriptException {
        passes("""
                is(proto.stmt_id_from_stmt_execute_packet("\\023\\255\\255\\255\\255"), 4294967295)
                local ok = proto.from_stmt_prepare_ok_packet("\\0\\1\\0\\0\\0\\2\\0\\3\\0\\0\\4\\0")
                is(ok.stmt_id, 1) is(ok.num_columns, 2) is(ok.num_params, 3) is(ok.warnings, 4)
                is(proto.from_stmt_prepare_packet("\\22SELECT 1").stmt_text, "SELECT 1")
                is(next(proto.from_stmt_prepare_packet("\\22")), nil)
                is(proto.from_stmt_close_packet("\\25\\1\\0\\0\\0").stmt_id, 1)
                """);
    }

    @Test
    @Tag("L-21")
    void masterInfo() throws ScriptException {
        passes("""
                local s14 = "14\\nbin.000001\\n4\\nhost\\nuser\\npw\\n3306\\n60\\n0\\n\\n\\n\\n\\n\\n"
                local s15 = "15\\nbin.000001\\n4\\nhost\\nuser\\npw\\n3306\\n60\\n1\\nca\\npath\\ncert\\ncipher\\nkey\\n1\\n"
                for _, s in ipairs { s14, s15 } do is(proto.to_masterinfo_string(proto.from_masterinfo_string(s)), s) end
                local t = proto.from_masterinfo_string(s14)
                is(t.master_log_pos, 4) is(t.master_host, "host") is(t.master_ssl_ca, nil)
                is(t.master_ssl_verify_server_cert, nil)
                is(proto.from_masterinfo_string(s15).master_ssl_verify_server_cert, 1)
                is(proto.to_masterinfo_string{}, "0\\n\\n0\\n\\n\\n\\n0\\n0\\n0\\n\\n\\n\\n\\n\\n")
                raises(proto.from_masterinfo_string, s14:sub(1, -2)) raises(proto.from_masterinfo_string, "x" .. s14)
                is(proto.from_masterinfo_string((s14:gsub("3306", "0x10"))).master_port, 16)
                is(proto.from_masterinfo_string((s14:gsub("3306", "020"))).master_port, 16)
                """);
    }

    @Test
    @Tag("L-22")
    void nothingEndsTheProcess() throws ScriptException {
        String functions = names().collect(Collectors.joining("','"));
        passes("for _, name in ipairs { '" + functions + "' } do "
                + "for _, input in ipairs { '', '\\0', '\\n', '\\255', ('\\255'):rep(300), '\\n5.0.0\\0', {}, "
                + "{ challenge = 'x', sqlstate = 'y', server_capabilities = 0x8200, response = ('r'):rep(999) }, "
                + "{ challenge = ('x'):rep(255), capabilities = 0x80000 }, { capabilities = 0x80000 }, "
                + "{ username = 'a\\0b', server_capabilities = -1, capabilities = -1 } } do "
                + "pcall(proto[name], input, 5) pcall(proto[name], input) end end "
                + "raises(proto.to_challenge_packet, { challenge = '1234567' }) "
                + "raises(proto.to_challenge_packet, { capabilities = 0x80000 }) "
                + "raises(proto.to_challenge_packet, { challenge = ('x'):rep(255) })");
    }

    private static Stream<String> names() {
        return Stream.of(("from_err_packet to_err_packet from_ok_packet to_ok_packet from_eof_packet to_eof_packet "
                        + "from_challenge_packet to_challenge_packet from_response_packet to_response_packet "
                        + "from_stmt_prepare_packet from_stmt_prepare_ok_packet from_stmt_execute_packet "
                        + "stmt_id_from_stmt_execute_packet from_stmt_close_packet from_masterinfo_string "
                        + "to_masterinfo_string")
                .split(" "));
    }
}
