package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Connector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Attempts to connect that end as the test says: later, or at once. */
final class FakeConnector implements Connector {
    private final List<String> attempts = new ArrayList<>();
    private BiConsumer<Backend, Asker> atOnce;
    private Backend backend;
    private Asker asker;

    /** From now on attempts end before {@link #connect} returns. */
    void atOnce(BiConsumer<Backend, Asker> action) {
        atOnce = action;
    }

    @Override
    public void connect(Backend backend, Asker asker) {
        attempts.add(backend.toString());
        this.backend = backend;
        if (atOnce != null) {
            atOnce.accept(backend, asker);
        } else {
            assertThat(this.asker).as("an attempt is still open").isNull();
            this.asker = asker;
        }
    }

    /** All attempts so far, by address. */
    List<String> attempts() {
        return attempts;
    }

    /** The attempt that is open, which has to be the one to this address. */
    Asker to(String address) {
        assertThat(asker).as("attempt to " + address).isNotNull();
        assertThat(backend).hasToString(address);
        Asker open = asker;
        asker = null;
        return open;
    }
}
