package io.mysqlproxy.core.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.script.ScriptLibrary.Version;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** J-02, J-32. */
class ScriptLibraryTest extends ScriptFixture {
    private ScriptLibrary library() {
        return new ScriptLibrary(config(), engine, engine, ScriptScope.EXECUTION);
    }

    private static String text(Version version) {
        return new String(version.script().source().text(), StandardCharsets.UTF_8);
    }

    @Test
    void aVersionIsCompiledOnce() throws ScriptException {
        script("read_query 0");
        ScriptLibrary library = library();
        Version version = library.fresh();
        assertThat(library.fresh()).isSameAs(version);
        assertThat(library.current()).isSameAs(version);
        assertThat(engine.ran).containsExactly("compile");
        assertThat(version.script().source().path()).isEqualTo(file);
    }

    @Test
    @Tag("J-32")
    void aNewConnectionSeesAnEditAtOnce() throws ScriptException, IOException {
        script("read_query 0");
        ScriptLibrary library = library();
        library.fresh();
        FileTime before = Files.getLastModifiedTime(file);
        script("read_query 1");
        assertThat(text(library.fresh())).isEqualTo("read_query 1");
        script("read_query 10");
        Files.setLastModifiedTime(file, before);
        assertThat(text(library.fresh())).as("same time, other size").isEqualTo("read_query 10");
    }

    @Test
    @Tag("J-02")
    void anOpenConnectionSeesAnEditAfterAWhile() throws ScriptException {
        script("read_query 0");
        ScriptLibrary library = library();
        long start = System.nanoTime();
        Version old = library.fresh();
        script("read_query 1");
        boolean changed = library.current() != old;
        assertThat(changed && System.nanoTime() - start < 90_000_000).isFalse();
        aWhile();
        assertThat(text(library.current())).isEqualTo("read_query 1");
    }

    @Test
    @Tag("J-32")
    void aBrokenVersionIsForNewConnectionsOnly() throws ScriptException {
        script("read_query 0");
        ScriptLibrary library = library();
        Version good = library.fresh();
        script("!");
        assertThatThrownBy(library::fresh).isInstanceOf(ScriptException.class).hasMessage("syntax error");
        assertThatThrownBy(library::fresh).isInstanceOf(ScriptException.class);
        aWhile();
        assertThat(library.current()).isSameAs(good);
        assertThat(log.errors()).as("once for each version").containsExactly("cannot load: syntax error");
        script("read_query 1");
        assertThat(text(library.fresh())).isEqualTo("read_query 1");
        assertThat(text(library.current())).isEqualTo("read_query 1");
    }

    @Test
    void eachBrokenVersionIsTold() {
        script("!");
        ScriptLibrary library = library();
        assertThatThrownBy(library::fresh).isInstanceOf(ScriptException.class);
        script("!", "!");
        assertThatThrownBy(library::fresh).isInstanceOf(ScriptException.class);
        assertThat(log.errors()).hasSize(2);
        assertThat(library.current()).isNull();
    }

    @Test
    void aMissingFileIsToldOnce() {
        ScriptLibrary library = library();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(library::fresh)
                    .isInstanceOf(ScriptException.class)
                    .hasMessage("cannot open " + file + ": No such file or directory");
        }
        assertThat(log.errors()).hasSize(1);
    }

    @Test
    @Tag("J-32")
    void aDeletedFileIsForNewConnectionsOnly() throws ScriptException, IOException {
        script("read_query 0");
        ScriptLibrary library = library();
        Version good = library.fresh();
        Files.delete(file);
        assertThatThrownBy(library::fresh).isInstanceOf(ScriptException.class);
        aWhile();
        assertThat(library.current()).isSameAs(good);
        assertThatThrownBy(library::fresh).isInstanceOf(ScriptException.class);
        assertThat(log.errors()).hasSize(1);
        script("read_query 0");
        assertThat(text(library.fresh())).isEqualTo("read_query 0");
    }

    @Test
    void aFolderIsNoScript() throws IOException {
        Files.createDirectory(file);
        assertThatThrownBy(library()::fresh)
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("cannot read " + file);
    }

    @Test
    @Tag("J-01")
    void theScopeIsTheUsersElseTheScriptsElseTheEngines() throws ScriptException {
        script("read_query 0");
        assertThat(library().fresh().scope()).isEqualTo(ScriptScope.EXECUTION);
        script("-- proxy-scope: connection", "read_query 0");
        assertThat(library().fresh().scope()).isEqualTo(ScriptScope.CONNECTION);
        scope = Optional.of(ScriptScope.EXECUTION);
        assertThat(library().fresh().scope()).isEqualTo(ScriptScope.EXECUTION);
    }
}
