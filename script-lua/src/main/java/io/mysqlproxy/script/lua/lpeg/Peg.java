package io.mysqlproxy.script.lua.lpeg;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A pattern. Never changes, and may be part of many others. */
sealed interface Peg {
    /** What {@link #match} gives where nothing matches. */
    int FAIL = -1;

    /** Matches here, and only in one way; gives the place behind the match, or {@link #FAIL} with no captures left. */
    int match(Matching m, int at);

    /** Whether it may match without taking a byte. Asks about every part that may be tried at its beginning. */
    boolean empties(Rules rules);

    /** The patterns it is made of. */
    default List<Peg> parts() {
        return List.of();
    }

    /** A text. */
    record Literal(LuaString text) implements Peg {
        @Override
        public int match(Matching m, int at) {
            int end = at + text.m_length;
            return end <= m.length && m.subject.substring(at, end).raweq(text) ? end : FAIL;
        }

        @Override
        public boolean empties(Rules rules) {
            return text.m_length == 0;
        }
    }

    /** So many bytes, whatever they are. */
    record AnyBytes(int count) implements Peg {
        @Override
        public int match(Matching m, int at) {
            return m.length - at >= count ? at + count : FAIL;
        }

        @Override
        public boolean empties(Rules rules) {
            return count == 0;
        }
    }

    /** Nothing at all matches. */
    record Never() implements Peg {
        @Override
        public int match(Matching m, int at) {
            return FAIL;
        }

        @Override
        public boolean empties(Rules rules) {
            return false;
        }
    }

    /** One byte of some. */
    record OneOf(BitSet bytes) implements Peg {
        @Override
        public int match(Matching m, int at) {
            return at < m.length && bytes.get(m.byteAt(at)) ? at + 1 : FAIL;
        }

        @Override
        public boolean empties(Rules rules) {
            return false;
        }
    }

    /** One after the other. */
    record Sequence(Peg first, Peg second) implements Peg {
        @Override
        public int match(Matching m, int at) {
            int mark = m.mark();
            int middle = first.match(m, at);
            int end = middle == FAIL ? FAIL : second.match(m, middle);
            if (end == FAIL) {
                m.forget(mark);
            }
            return end;
        }

        @Override
        public boolean empties(Rules rules) {
            return first.empties(rules) && second.empties(rules);
        }

        @Override
        public List<Peg> parts() {
            return List.of(first, second);
        }
    }

    /** The first of two that matches. */
    record Choice(Peg first, Peg second) implements Peg {
        @Override
        public int match(Matching m, int at) {
            int end = first.match(m, at);
            return end == FAIL ? second.match(m, at) : end;
        }

        @Override
        public boolean empties(Rules rules) {
            return first.empties(rules) | second.empties(rules);
        }

        @Override
        public List<Peg> parts() {
            return List.of(first, second);
        }
    }

    /** As often as it goes. */
    record Repeat(Peg body, int least, int most) implements Peg {
        @Override
        public int match(Matching m, int at) {
            int mark = m.mark();
            int end = at;
            for (int count = 0; count < most; count++) {
                int next = body.match(m, end);
                if (next == FAIL && count < least) {
                    m.forget(mark);
                    return FAIL;
                } else if (next == FAIL || next == end && count >= least) {
                    break;
                }
                end = next;
            }
            return end;
        }

        @Override
        public boolean empties(Rules rules) {
            return body.empties(rules) | least == 0;
        }

        @Override
        public List<Peg> parts() {
            return List.of(body);
        }
    }

    /** Takes nothing, and only looks whether the body matches, or does not. */
    record Look(Peg body, boolean wanted) implements Peg {
        @Override
        public int match(Matching m, int at) {
            int mark = m.mark();
            boolean found = body.match(m, at) != FAIL;
            m.forget(mark);
            return found == wanted ? at : FAIL;
        }

        @Override
        public boolean empties(Rules rules) {
            return body.empties(rules) | true;
        }

        @Override
        public List<Peg> parts() {
            return List.of(body);
        }
    }

    /** Something is captured where the body matches. */
    record Capturing(Peg body, Capture.Kind kind, Varargs datum) implements Peg {
        @Override
        public int match(Matching m, int at) {
            int mark = m.mark();
            int end = body.match(m, at);
            if (end != FAIL) {
                m.add(new Capture(kind, datum, at, end, m.take(mark)));
            }
            return end;
        }

        @Override
        public boolean empties(Rules rules) {
            return body.empties(rules);
        }

        @Override
        public List<Peg> parts() {
            return List.of(body);
        }
    }

    /** A function has the last word, during the match. */
    record Asking(Peg body, LuaValue function) implements Peg {
        @Override
        public int match(Matching m, int at) {
            int mark = m.mark();
            int end = body.match(m, at);
            if (end == FAIL) {
                return FAIL;
            }
            Varargs captured = CaptureValues.varargs(m.values.all(m.take(mark)));
            Varargs place = LuaValue.varargsOf(m.subject, LuaValue.valueOf(end + 1), captured);
            return Verdict.apply(m, at, end, function.invoke(place));
        }

        @Override
        public boolean empties(Rules rules) {
            return body.empties(rules);
        }

        @Override
        public List<Peg> parts() {
            return List.of(body);
        }
    }

    /** A rule of the grammar around it. */
    record Reference(LuaValue name) implements Peg {
        @Override
        public int match(Matching m, int at) {
            return m.rule(name).match(m, at);
        }

        @Override
        public boolean empties(Rules rules) {
            return rules.empties(name);
        }
    }

    /** Rules that refer to each other. Whoever is around it does not see into it. */
    record Grammar(Map<LuaValue, Peg> rules, Peg start, boolean empty) implements Peg {
        @Override
        public int match(Matching m, int at) {
            return m.within(rules, start, at);
        }

        @Override
        public boolean empties(Rules outer) {
            return empty;
        }
    }
}
