package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.query.Delivery;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;

/** An answer that was held goes to the client as fast as that takes it. What is left of it counts as held meanwhile. */
final class Sending implements Phase {
    private final Turn turn;
    private final Delivery delivery;

    Sending(Turn turn, Delivery delivery) {
        this.turn = turn;
        this.delivery = delivery;
    }

    @Override
    public boolean busy() {
        return true;
    }

    @Override
    public boolean serverIdle() {
        return true;
    }

    @Override
    public Phase clientDrains(Session s) {
        while (s.client().peer().writable()) {
            if (!delivery.next()) {
                return turn.next(s);
            }
        }
        return this;
    }

    /** The answer is here already: it goes on, and what comes after it finds that the server has gone. */
    @Override
    public Phase serverClosed(Session s) {
        return this;
    }

    @Override
    public Phase clientClosed(Session s) {
        return turn.clientLeft(s, this);
    }
}
