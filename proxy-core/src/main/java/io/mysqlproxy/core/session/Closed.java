package io.mysqlproxy.core.session;

/** The end: hooks have run, both sides are closing, nothing means anything any more. */
final class Closed implements Phase {
    static final Closed INSTANCE = new Closed();

    private Closed() {}

    @Override
    public Phase serverRefused(Session s, Throwable cause) {
        return this;
    }

    @Override
    public Phase serverSecured(Session s) {
        return this;
    }

    @Override
    public Phase serverClosed(Session s) {
        return this;
    }

    @Override
    public Phase clientClosed(Session s) {
        return this;
    }
}
