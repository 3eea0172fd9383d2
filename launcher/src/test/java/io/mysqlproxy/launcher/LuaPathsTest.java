package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LuaPathsTest {
    @Test
    @Tag("A-37")
    void theInstallationsOwnModulesAreTheDefault() {
        assertThat(paths(Map.of()))
                .isEqualTo(new LuaPaths("/base/lib/mysql-proxy/lua/?.lua", "/base/lib/mysql-proxy/lua/?.so"));
    }

    @Test
    @Tag("A-37")
    void theEnvironmentBeatsTheDefaultAndOptionsBeatBoth() {
        Map<String, String> environment = Map.of("LUA_PATH", "env/?.lua", "LUA_CPATH", "env/?.so");

        assertThat(paths(environment)).isEqualTo(new LuaPaths("env/?.lua", "env/?.so"));
        assertThat(paths(environment, "--lua-path=opt/?.lua")).isEqualTo(new LuaPaths("opt/?.lua", "env/?.so"));
    }

    @Test
    void twoSemicolonsStandForTheStockPath() {
        assertThat(paths(Map.of("LUA_PATH", "x/?.lua;;")).path()).matches("x/\\?\\.lua;\\./\\?\\.lua;.*init\\.lua");
        assertThat(paths(Map.of("LUA_PATH", ";;")).path())
                .startsWith("./?.lua;")
                .doesNotEndWith(";");
    }

    private static LuaPaths paths(Map<String, String> environment, String... arguments) {
        return LuaPaths.of(CommandLine.parse(arguments).settings(), Path.of("/base"), environment);
    }
}
