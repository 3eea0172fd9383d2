package io.mysqlproxy.core.session;

/**
 * Which session the current thread works for, so that each line of the log can say it without each call of the log having to.
 *
 * <p>An event costs two assignments to a field for this; nothing is put together before a line is written. Threads that a script
 * starts, a Lua coroutine for example, work for nobody.
 */
public final class CurrentSession {
    private static final ThreadLocal<CurrentSession> HERE = ThreadLocal.withInitial(CurrentSession::new);

    private Session session;

    private CurrentSession() {}

    /** The session; null if the current thread works for none. */
    public static Session get() {
        return HERE.get().session;
    }

    /** Of the current thread. */
    static CurrentSession here() {
        return HERE.get();
    }

    /** Work for a session begins; gives what to end it with. */
    Session begin(Session next) {
        Session before = session;
        session = next;
        return before;
    }

    /** Work for it has ended. */
    void end(Session before) {
        session = before;
    }
}
