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
    private BiConsumer<Backend, Outcome> atOnce;
    private Backend backend;
    private Outcome outcome;

    /** From now on attempts end before {@link #connect} returns. */
    void atOnce(BiConsumer<Backend, Outcome> action) {
        atOnce = action;
    }

    @Override
    public void connect(Backend backend, Outcome outcome) {
        attempts.add(backend.toString());
        this.backend = backend;
        if (atOnce != null) {
            atOnce.accept(backend, outcome);
        } else {
            assertThat(this.outcome).as("an attempt is still open").isNull();
            this.outcome = outcome;
        }
    }

    /** All attempts so far, by address. */
    List<String> attempts() {
        return attempts;
    }

    /** The attempt that is open, which has to be the one to this address. */
    Outcome to(String address) {
        assertThat(outcome).as("attempt to " + address).isNotNull();
        assertThat(backend).hasToString(address);
        Outcome open = outcome;
        outcome = null;
        return open;
    }
}
