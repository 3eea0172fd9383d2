package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module {@code lfs}. */
class FileSystemTest {
    private LuaFixture lua;

    @BeforeEach
    void open() {
        lua = new LuaFixture();
    }

    private void passes(String body) throws ScriptException {
        lua.compile("local lfs = require('lfs') " + body).newInstance(lua.newContext());
    }

    @Test
    void isAGlobalToo() throws ScriptException {
        passes("package.path = '' assert(lfs == _G.lfs and package.loaded.lfs == lfs) "
                + "assert(lfs._VERSION == 'LuaFileSystem 1.2' and lfs._DESCRIPTION and lfs._COPYRIGHT)");
    }

    @Test
    @Tag("L-53")
    void attributesAndEntries() throws ScriptException {
        passes("""
                assert(lfs.attributes("/").mode == "directory")
                local found, text = lfs.attributes("/no/such")
                assert(found == nil and text == "cannot obtain information from file `/no/such'")
                local seen = {}
                for name in lfs.dir("/") do seen[name] = true end
                assert(seen["."] and seen[".."] and seen.etc)
                """);
    }

    @Test
    void attributesOfAFile(@TempDir Path folder) throws ScriptException {
        passes("local path = '" + folder + "/f' " + """
                local f = io.open(path, "w") f:write("abc") f:close()
                local a = lfs.attributes(path)
                assert(a.mode == "file" and a.size == 3 and a.nlink == 1 and a.ino > 0 and a.blksize > 0)
                assert(math.abs(a.modification - os.time()) < 5 and a.access and a.change and a.blocks and a.dev and a.rdev)
                local t = {}
                assert(lfs.attributes(path, t) == t and t.size == 3 and lfs.attributes(path, "mode") == "file")
                assert(not pcall(lfs.attributes, path, "nosuch") and lfs.attributes("/dev/null", "mode") == "char device")
                assert(lfs.touch(path, 1000) and lfs.attributes(path, "modification") == 1000)
                assert(lfs.touch(path, 1000, 2000) and lfs.attributes(path, "access") == 1000)
                assert(lfs.attributes(path, "modification") == 2000 and lfs.touch(path))
                local ok, text = lfs.touch(path .. "x")
                assert(ok == nil and text == "No such file or directory")
                """);
    }

    @Test
    void directories(@TempDir Path folder) throws ScriptException {
        passes("local path = '" + folder + "/d' " + """
                local function refused(call, expected)
                    local ok, text = call(path)
                    assert(ok == nil and text == expected, text)
                end
                refused(lfs.rmdir, "No such file or directory")
                assert(lfs.mkdir(path) == true and lfs.attributes(path, "mode") == "directory")
                refused(lfs.mkdir, "File exists")
                io.open(path .. "/f", "w"):close()
                refused(lfs.rmdir, "Directory not empty")
                local entry, n = lfs.dir(path), 0
                while entry() do n = n + 1 end
                assert(n == 3)
                local ok, text = pcall(entry)
                assert(not ok and text:find("bad argument #1 to '?' (closed directory)", 1, true))
                ok, text = pcall(lfs.dir, path .. "/none")
                assert(not ok and text:find("cannot open " .. path .. "/none: No such file or directory", 1, true))
                os.remove(path .. "/f")
                assert(lfs.rmdir(path) == true)
                """);
    }

    @Test
    void locksKeepOthersOut(@TempDir Path folder) throws ScriptException {
        passes("local path = '" + folder.resolve("locked") + "' " + """
                local file, other = assert(io.open(path, "w+")), assert(io.open(path, "r+"))
                local inode = lfs.attributes(path, "ino")
                local function locks()
                    local found = {}
                    for line in io.lines("/proc/locks") do
                        local kind, from, to = line:match("POSIX +ADVISORY +(%u+) %d+ %x+:%x+:" .. inode .. " (%w+) (%w+)")
                        -- the last byte that a range without end can have where it does not begin at 0
                        to = to and to:gsub("^9223372036854775806$", "EOF")
                        if kind then found[#found + 1] = kind .. " " .. from .. " " .. to end
                    end
                    table.sort(found)
                    return table.concat(found, ", ")
                end
                local function is(found, expected) if found ~= expected then error(found .. " is not " .. expected, 2) end end
                assert(lfs.lock(file, "w") == true) is(locks(), "WRITE 0 EOF")
                local ok, text = lfs.lock(other, "r")
                assert(ok == nil) is(text, "Resource temporarily unavailable")
                assert(lfs.unlock(file, 10, 5) == true) is(locks(), "WRITE 0 9, WRITE 15 EOF")
                assert(lfs.lock(other, "w", 10, 5))
                assert(lfs.lock(file, "w", 0, 12) == nil and lfs.lock(other, "w", 9, 1) == nil)
                assert(lfs.unlock(other) and lfs.lock(file, "r", 0)) is(locks(), "READ 0 EOF")
                assert(not lfs.lock(other, "r") and lfs.lock(file, "w", 3)) is(locks(), "READ 0 2, WRITE 3 EOF")
                other:close() file:close() is(locks(), "")
                """);
    }

    @Test
    void locksOfWhatCannotBeLocked(@TempDir Path folder) throws ScriptException {
        passes("local path = '" + folder.resolve("locked") + "' " + """
                assert(not pcall(lfs.lock, io.stdout, "x") and not pcall(lfs.lock, path, "w") and not pcall(lfs.unlock))
                local ok, text = lfs.lock(io.stdout, "w")
                assert(ok == nil and text == "Invalid argument")
                local file = io.open(path, "w")
                ok, text = lfs.lock(file, "r")
                assert(ok == nil and text == "Bad file descriptor")
                assert(lfs.lock(file, "w", -1) == nil and lfs.lock(file, "w", 0, -1) == nil)
                file:close()
                ok, text = pcall(lfs.lock, file, "w")
                assert(not ok and text:find("attempt to use a closed file", 1, true))
                """);
    }

    @Test
    void whatAJvmCannotDo() throws ScriptException {
        passes("""
                assert(lfs.chdir(lfs.currentdir()) == true and lfs.chdir(".") == true)
                local ok, text = lfs.chdir("/")
                assert(ok == nil and text:find("^Unable to change working directory to '/'\\n.+\\n$"))
                """);
        assertThat(lua.evaluate("require('lfs').currentdir()")).startsWith("/");
    }
}
