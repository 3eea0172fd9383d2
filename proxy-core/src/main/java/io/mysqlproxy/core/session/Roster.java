package io.mysqlproxy.core.session;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which session a client means by a connection id. Servers number their connections each for itself, so that two clients of
 * different backends could know themselves by the same id: the later one is shown another, and ids are told apart (W-44). Any
 * thread.
 */
public final class Roster {
    /** Above what servers count up to, and positive for clients that take ids for signed. */
    private static final long FIRST_OWN = 0x40000000L;

    private final Map<Long, Set<Session>> sessions = new ConcurrentHashMap<>();
    private final AtomicLong own = new AtomicLong(FIRST_OWN);
    private final boolean severalServers;

    /** @param severalServers whether ids can meet: one server gives none of them twice */
    Roster(boolean severalServers) {
        this.severalServers = severalServers;
    }

    /**
     * A client is about to be greeted with a new server connection's id.
     *
     * @return the id to show it
     */
    public long enter(Session session, long id) {
        if (!severalServers) {
            share(session, id);
            return id;
        }
        long shown = id;
        while (sessions.putIfAbsent(shown, Set.of(session)) != null) {
            shown = own.getAndIncrement();
        }
        return shown;
    }

    /** A client is greeted with the id of a connection from a pool, whose first client may still be there. */
    public void share(Session session, long id) {
        sessions.merge(id, Set.of(session), (before, more) -> {
            Set<Session> both = ConcurrentHashMap.newKeySet();
            both.addAll(before);
            both.addAll(more);
            return both;
        });
    }

    /** A client has left. */
    void leave(Session session) {
        if (session.client().greeting() == null) {
            return;
        }
        sessions.computeIfPresent(session.client().greeting().threadId(), (id, those) -> {
            if (!those.contains(session)) {
                return those;
            }
            if (those.size() == 1) {
                return null;
            }
            Set<Session> rest = ConcurrentHashMap.newKeySet();
            rest.addAll(those);
            rest.remove(session);
            return rest;
        });
    }

    /** Who knows itself by an id: nobody, one, or several over a pooled connection. */
    public Set<Session> of(long id) {
        return sessions.getOrDefault(id, Set.of());
    }
}
