package io.mysqlproxy.script.lua.lpeg;

import io.mysqlproxy.script.lua.call.Fault;
import java.util.List;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What a function that is asked during the match may answer. */
final class Verdict {
    private Verdict() {}

    /** A place to go on, or the truth of a match that ended where it did; values behind that are captured. */
    static int apply(Matching m, int start, int end, Varargs answer) {
        LuaValue verdict = answer.arg1();
        if (!verdict.toboolean()) {
            return Peg.FAIL;
        }
        int next = verdict.isboolean() ? end : place(m, start, verdict);
        if (answer.narg() > 1) {
            m.add(new Capture(Capture.Kind.CONSTANT, answer.subargs(2), start, next, List.of()));
        }
        return next;
    }

    private static int place(Matching m, int start, LuaValue verdict) {
        int next = verdict.isnumber() ? verdict.toint() - 1 : Peg.FAIL;
        if (next < start || next > m.length) {
            throw Fault.of("invalid position returned by match-time capture");
        }
        return next;
    }
}
