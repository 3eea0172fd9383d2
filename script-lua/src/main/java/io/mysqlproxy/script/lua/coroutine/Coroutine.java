package io.mysqlproxy.script.lua.coroutine;

import io.mysqlproxy.script.lua.call.Deadline;
import io.mysqlproxy.script.lua.call.Failures;
import io.mysqlproxy.script.lua.call.Frames;
import java.lang.ref.Cleaner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A coroutine. It has a thread, but only one of the threads that have resumed each other runs at any time, so the lock that
 * the first of them holds covers them all.
 */
public final class Coroutine extends LuaThread {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(body -> {
        Thread thread = new Thread(body, "lua-coroutine");
        // a suspended coroutine must not keep the process alive
        thread.setDaemon(true);
        return thread;
    });
    private static final Cleaner CLEANER = Cleaner.create();

    private final Body body;
    private String status = "suspended";

    Coroutine(Globals globals, LuaFunction function) {
        super(globals, function);
        body = new Body(function);
        CLEANER.register(this, body::abandon);
    }

    String status() {
        return status;
    }

    /** The functions that are running in it; null before it has started. */
    public Frames frames() {
        return body.frames;
    }

    @Override
    public String getStatus() {
        return status;
    }

    /** True and what it yields or returns, or false and the error. */
    @Override
    public Varargs resume(Varargs arguments) {
        if (!status.equals("suspended")) {
            return LuaValue.varargsOf(LuaValue.FALSE, LuaValue.valueOf("cannot resume " + status + " coroutine"));
        }
        LuaThread resumer = globals.running;
        mark(resumer, "normal");
        mark(this, "running");
        globals.running = this;
        try {
            Varargs results = body.resume(arguments);
            status = body.ended ? "dead" : "suspended";
            return results;
        } finally {
            globals.running = resumer;
            mark(resumer, "running");
        }
    }

    /** Called by the coroutine itself. */
    Varargs yield(Varargs values) {
        return body.yield(values);
    }

    private static void mark(LuaThread thread, String status) {
        if (thread instanceof Coroutine coroutine) {
            coroutine.status = status;
        }
    }

    /** Ends the thread of a coroutine that nobody can resume any more. */
    private static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super(null, null, false, false);
        }
    }

    /** What the thread refers to: not to the coroutine, so that the loss of that one can be noticed. */
    private static final class Body implements Runnable {
        private final LuaFunction function;
        private final SynchronousQueue<Varargs> in = new SynchronousQueue<>();
        private final SynchronousQueue<Varargs> out = new SynchronousQueue<>();
        private static final Varargs ABANDONED = new LuaUserdata(Body.class);
        private volatile Frames frames;
        private volatile Deadline deadline;
        private volatile Throwable thrown;
        private volatile boolean ended;

        Body(LuaFunction function) {
            this.function = function;
        }

        @Override
        public void run() {
            frames = Frames.current();
            try {
                Varargs arguments = received(in);
                frames.limit(deadline);
                send(out, LuaValue.varargsOf(LuaValue.TRUE, function.invoke(arguments)), this::end);
            } catch (Abandoned e) {
                ended = true;
            } catch (Throwable t) {
                send(out, LuaValue.NONE, () -> {
                    thrown = t;
                    end();
                });
            } finally {
                frames.limit(null);
                frames.clear(0);
            }
        }

        private void end() {
            ended = true;
        }

        Varargs resume(Varargs arguments) {
            deadline = Frames.current().deadline();
            if (frames == null) {
                THREADS.execute(this);
            }
            send(in, arguments, () -> {});
            Varargs results = received(out);
            if (thrown == null) {
                return results;
            }
            Failures.passOn(thrown);
            return LuaValue.varargsOf(LuaValue.FALSE, failure());
        }

        private LuaValue failure() {
            return thrown instanceof StackOverflowError ? frames.overflow() : Failures.value(thrown);
        }

        Varargs yield(Varargs values) {
            send(out, LuaValue.varargsOf(LuaValue.TRUE, values), () -> {});
            Varargs arguments = received(in);
            if (arguments == ABANDONED) {
                throw new Abandoned();
            }
            frames.limit(deadline);
            return arguments;
        }

        void abandon() {
            if (frames != null && !ended) {
                try {
                    in.offer(ABANDONED, 1, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static void send(SynchronousQueue<Varargs> queue, Varargs values, Runnable before) {
            before.run();
            boolean interrupted = false;
            while (true) {
                try {
                    queue.put(values);
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private static Varargs received(SynchronousQueue<Varargs> queue) {
            boolean interrupted = false;
            while (true) {
                try {
                    Varargs values = queue.take();
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return values;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
    }
}
