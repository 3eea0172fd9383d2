package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Lua has no way to is out of reach here, too: Java's classes and objects, and code that no compiler has seen. */
@Tag("L-79")
class ConfinementTest {
    private static final LuaFixture LUA = new LuaFixture();

    /** Goes through tables, metatables, upvalues and environments from everything that a script has names for. */
    private static final String WALK = """
            local seen, found = {}, {}
            local names = { "class", "getClass", "new", "wait", "notify", "hashCode", "m_instance", "loadLib", "bindClass" }
            local function visit(value, path, depth)
                local kind = type(value)
                if seen[value] or depth > 8 or (kind ~= "table" and kind ~= "function" and kind ~= "userdata") then return end
                seen[value] = true
                local meta = debug.getmetatable(value)
                if kind == "userdata" then
                    for _, name in ipairs(names) do
                        local ok, got = pcall(function() return value[name] end)
                        if ok and got ~= nil then found[#found + 1] = path .. "." .. name end
                    end
                elseif kind == "table" then
                    for k, v in next, value do
                        if tostring(k):lower():find("java") then found[#found + 1] = path .. "." .. tostring(k) end
                        visit(v, path .. "." .. tostring(k), depth + 1)
                    end
                else
                    for i = 1, 255 do
                        local name, upvalue = debug.getupvalue(value, i)
                        if not name then break end
                        visit(upvalue, path .. "^" .. name, depth + 1)
                    end
                    visit(debug.getfenv(value), path .. "~", depth + 1)
                end
                visit(meta, path .. "#", depth + 1)
            end
            for name, root in pairs { G = _G, E = getfenv(1), registry = debug.getregistry(), loaded = package.loaded,
                    string = debug.getmetatable(""), file = io.stdout, proxy = newproxy(true) } do
                visit(root, name, 0)
            end
            proxy.response.value = table.concat(found, " ")
            """;

    @Test
    void nothingThatIsReachableLeadsToJava() throws ScriptException {
        assertThat(LUA.value(WALK)).isEmpty();
    }

    @Test
    void loadersFindFilesOnly() throws ScriptException {
        assertThat(LUA.evaluate("#package.loaders")).isEqualTo("2");
        for (String name : new String[] {
            "java.lang.Runtime", "org.luaj.vm2.lib.jse.LuajavaLib", "io.mysqlproxy.script.lua.LuaEngine"
        }) {
            assertThat(LUA.evaluate("select(2, pcall(require, '" + name + "'))"))
                    .startsWith("module '" + name + "' not found:");
            assertThat(LUA.evaluate("type(package.loaders[2]('" + name + "'))")).isEqualTo("string");
        }
    }

    @Test
    @Tag("L-75")
    void binaryChunksAreRefusedByEveryWayIn(@TempDir Path folder) throws ScriptException {
        Path file = folder.resolve("binary.lua");
        String refused = "attempt to load a binary chunk";
        assertThat(LUA.value("""
                        local code = string.dump(function() return 1 end)
                        local f = io.open("%s", "wb") f:write(code) f:close()
                        package.path = "%s/?.lua"
                        local once = code
                        local found = {
                            select(2, loadstring(code)), select(2, loadstring("\\27Lua")),
                            select(2, load(function() local part = once once = nil return part end)),
                            select(2, loadfile("%s")), select(2, pcall(dofile, "%s")), select(2, pcall(require, "binary")),
                        }
                        proxy.response.value = table.concat(found, "|")
                        """.formatted(file, folder, file, file)))
                .matches("(.*" + refused + "\\|){5}error loading module 'binary' from file '" + file + "':\n\t.*"
                        + refused);
    }
}
