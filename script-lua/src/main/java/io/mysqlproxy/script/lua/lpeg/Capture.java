package io.mysqlproxy.script.lua.lpeg;

import java.util.List;
import org.luaj.vm2.Varargs;

/**
 * A capture that has matched.
 *
 * @param kind what it makes of the match
 * @param datum what the script gave for it
 * @param start where the match begins, from 0
 * @param end behind the match
 * @param inner the captures within
 */
record Capture(Kind kind, Varargs datum, int start, int end, List<Capture> inner) {
    /** What a capture makes of its match. */
    enum Kind {
        /** The matched text, then what is captured within. */
        TEXT,
        /** Where it is. */
        POSITION,
        /** Given values. */
        CONSTANT,
        /** An extra argument of the match, by number. */
        ARGUMENT,
        /** A table of what is captured within. */
        TABLE,
        /** A given text with marks for what is captured within. */
        FORMAT,
        /** What a given table has for the first value captured within. */
        LOOKUP,
        /** What a given function makes of the values captured within. */
        CALL,
        /** The matched text, its captures replaced by their values. */
        SUBSTITUTION,
        /** The first value captured within, passed on by the functions behind it. */
        ACCUMULATION,
        /** Another look at an earlier capture, by distance. */
        BACK
    }
}
