package io.mysqlproxy.script.lua.call;

import java.util.Arrays;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.TailcallVarargs;
import org.luaj.vm2.Varargs;

/**
 * The functions that are running on a thread, and with that, as every coroutine has a thread of its own, in a coroutine.
 *
 * <p>Lua functions are entered by the substituted {@code LuaClosure.execute}, those of the libraries by themselves. Whoever
 * enters one restores {@link #depth} when it leaves, by a mere store: a call could run out of stack once more.
 */
public final class Frames {
    private static final ThreadLocal<Frames> CURRENT = ThreadLocal.withInitial(Frames::new);
    /** Stands for a function that has given up its place. */
    private static final Frame GIVEN_UP = new Frame(null);

    private static final int STEPS_BETWEEN_LOOKS = 1000;

    /** How many functions are running. */
    public int depth;
    /** Loops and calls until the next look at the clock; counted by the substituted loop. */
    public int budget = Integer.MAX_VALUE;

    /** What {@code setfenv(0, t)} has put in place of the globals for chunks that are loaded; null for nothing. */
    public LuaTable environment;

    private Frame[] running = {};
    private int pendingTailCalls;
    private int overflowed;
    private LuaValue handler;
    private Deadline deadline;

    private Frames() {}

    /** Those of this thread. */
    public static Frames current() {
        return CURRENT.get();
    }

    /** A Lua function starts. */
    public Frame enter(LuaClosure function, LuaValue[] stack, Varargs arguments) {
        Frame frame = enter(function);
        frame.stack = stack;
        frame.tailCalls = pendingTailCalls;
        pendingTailCalls = 0;
        if (function.p.is_vararg > 1) {
            ImplicitArg.fill(function.p, stack, arguments);
        }
        if (--budget <= 0) {
            check();
        }
        return frame;
    }

    /** A function of a library starts. */
    public Frame enter(LuaFunction function) {
        if (depth == running.length) {
            grow();
        }
        Frame frame = running[depth++];
        frame.function = function;
        frame.pc = 0;
        frame.tailCalls = 0;
        return frame;
    }

    /** {@code return f(...)}: the caller's place is free only if f is a Lua function. Called from the substituted loop. */
    public static Varargs tailCall(LuaValue function, Varargs arguments) {
        if (!(function instanceof LuaClosure)) {
            return function.invoke(arguments);
        }
        Frames frames = current();
        frames.pendingTailCalls = frames.running[frames.depth - 1].tailCalls + 1;
        return new TailcallVarargs(function, arguments);
    }

    /** The function at a level: 0 is the one that runs; null if there is none. See {@link #isGivenUp}. */
    public Frame at(int level) {
        int left = level;
        for (int i = depth - 1; i >= 0; i--) {
            if (left == 0) {
                return running[i];
            }
            left -= 1 + running[i].tailCalls;
            if (left < 0) {
                return GIVEN_UP;
            }
        }
        return null;
    }

    /** Whether a level is that of a function of which nothing is known any more. */
    public static boolean isGivenUp(Frame frame) {
        return frame == GIVEN_UP;
    }

    /** How the function at a level was called by name, or null. */
    public Variable nameOf(int level) {
        Frame callee = at(level);
        Frame caller = callee == null || callee.tailCalls > 0 || isGivenUp(callee) ? null : at(level + 1);
        return caller == null ? null : caller.callee();
    }

    /** Something that was thrown reaches a running function; gives what goes on. Called from the substituted loop. */
    public Throwable raised(Throwable thrown) {
        pendingTailCalls = 0;
        if (thrown instanceof LuaError error) {
            return raised(error);
        }
        if (thrown instanceof StackOverflowError) {
            overflowed = Math.max(overflowed, depth);
        }
        return thrown;
    }

    /** An error reaches a running function: the first one gives it its text and its position. */
    public LuaError raised(LuaError error) {
        Failures.passOn(error);
        Fault fault = error instanceof Fault known ? known : new Fault(text(error), 1, error);
        if (!fault.isSettled()) {
            fault.settle(this);
            fault.handle(handler, this);
        }
        return fault;
    }

    /** The text for the stack overflow that was caught last, with its position. */
    public LuaValue overflow() {
        Frame deepest = overflowed == 0 || overflowed > running.length ? null : running[overflowed - 1];
        overflowed = 0;
        LuaValue text = LuaValue.valueOf("stack overflow");
        return deepest == null || deepest.function == null
                ? text
                : deepest.where().concat(text);
    }

    /** Sets what {@code xpcall} wants to be called where an error arises; gives the former one. */
    public LuaValue exchangeHandler(LuaValue next) {
        LuaValue former = handler;
        handler = next;
        return former;
    }

    /** From now on scripts may run until a moment; null for ever. */
    public void limit(Deadline moment) {
        deadline = moment;
        budget = moment == null ? Integer.MAX_VALUE : STEPS_BETWEEN_LOOKS;
    }

    /** Until when scripts may run. */
    public Deadline deadline() {
        return deadline;
    }

    /** Looks at the clock. */
    public void check() {
        limit(deadline);
        if (deadline != null) {
            deadline.check();
        }
    }

    /** Nothing runs above a depth any more: lets go of what the last calls referred to. */
    public void clear(int remaining) {
        for (int i = remaining; i < running.length && running[i].function != null; i++) {
            running[i].forget();
        }
        depth = remaining;
        overflowed = 0;
        pendingTailCalls = 0;
        handler = null;
        environment = null;
    }

    private LuaValue text(LuaError error) {
        Frame top = depth == 0 ? null : running[depth - 1];
        return LuaValue.valueOf(TypeErrors.text(error, top));
    }

    private void grow() {
        int old = running.length;
        running = Arrays.copyOf(running, Math.max(32, 2 * old));
        for (int i = old; i < running.length; i++) {
            running[i] = new Frame(this);
        }
    }
}
