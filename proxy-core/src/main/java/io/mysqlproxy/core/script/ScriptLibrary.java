package io.mysqlproxy.core.script;

import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.script.Dialect;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptScope;
import io.mysqlproxy.script.ScriptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A script file and its versions: compiled once each, looked at again at most every 100 ms (J-02, J-32). Any thread.
 *
 * <p>A version that cannot be read or compiled is for new connections only; open ones keep the last one that compiled.
 */
final class ScriptLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptLibrary.class);
    private static final long LOOK_NANOS = 100_000_000L;

    private final ScriptConfig config;
    private final ScriptRealm realm;
    private final Dialect dialect;
    private final ScriptScope usualScope;
    private final ScriptTally tally;
    private String warned;

    private volatile Version good;
    private volatile long lookedAt;
    private Stamp seen;
    private ScriptException broken;

    ScriptLibrary(ScriptConfig config, ScriptRealm realm, Dialect dialect, ScriptScope usualScope, ScriptTally tally) {
        this.config = config;
        this.realm = realm;
        this.dialect = dialect;
        this.usualScope = usualScope;
        this.tally = tally;
    }

    /**
     * A version of the file that compiled.
     *
     * @param scope the scope it runs in
     * @param loaded whether a connect step has run its body without an error: its load run (J-31)
     */
    record Version(Script script, ScriptScope scope, AtomicBoolean loaded) {
        Version(Script script, ScriptScope scope) {
            this(script, scope, new AtomicBoolean());
        }
    }

    /** What tells two versions of a file apart. */
    private record Stamp(FileTime modified, long size) {}

    /**
     * The file as it is now, for a new connection.
     *
     * @throws ScriptException if it cannot be read or compiled; logged already, once for each version
     */
    synchronized Version fresh() throws ScriptException {
        look();
        if (broken != null) {
            throw broken;
        }
        return good;
    }

    /** The version for an open connection; null if there never was one that compiled. */
    Version current() {
        long now = System.nanoTime();
        if (now - lookedAt > LOOK_NANOS) {
            synchronized (this) {
                look();
            }
        }
        return good;
    }

    /** The version without a look at the file, for scripts that are loaded once. */
    Version loaded() {
        return good;
    }

    private void look() {
        lookedAt = System.nanoTime();
        Stamp stamp = stamp();
        if (stamp != null && stamp.equals(seen)) {
            return;
        }
        boolean told = broken != null && stamp == null && seen == null;
        seen = stamp;
        ScriptSource source = new ScriptSource(config.file(), new byte[0]);
        try {
            source = read(config.file());
            Script script = realm.compile(source);
            good = new Version(script, config.scope().orElseGet(() -> scopeOf(script.source())));
            broken = null;
            tally.loaded();
            warn(good);
        } catch (ScriptException e) {
            broken = e;
            if (!told) {
                Complaint.log(LOG, dialect.loadFailureLog(source, e), e);
                tally.failed(e.getMessage());
            }
        }
    }

    /** The next look reads the file, whether it has changed or not. */
    synchronized void forget() {
        seen = null;
    }

    /** Once for each file, unless another version says something else (J-03). */
    private void warn(Version version) {
        String text = warning(version);
        if (text != null && !text.equals(warned)) {
            LOG.warn(text);
            warned = text;
        }
    }

    /** What the scope of a version makes it lose; null if nothing. */
    String warning(Version version) {
        return version.scope() == ScriptScope.EXECUTION
                ? ScopeWarnings.text(config, version.script().warnings())
                : null;
    }

    private ScriptScope scopeOf(ScriptSource source) {
        return ScopeComment.of(source).orElse(usualScope);
    }

    private Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(config.file(), BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size());
        } catch (IOException e) {
            return null;
        }
    }

    private ScriptSource read(Path file) throws ScriptException {
        if (file.toString().isEmpty()) {
            throw dialect.unnamed();
        }
        try {
            return new ScriptSource(file, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw dialect.missing(file);
        } catch (IOException e) {
            throw new ScriptException("cannot read " + file + ": " + e.getMessage(), null, e);
        }
    }
}
