package io.mysqlproxy.core.kill;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.backend.Errand;
import io.mysqlproxy.core.config.KillAccount;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.packet.Err;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Ends what runs on a plugin's servers. Any thread. */
public final class Kills {
    private final Optional<KillAccount> account;
    private final ProtocolConfig config;
    private final Map<Backend, Deputy> deputies = new ConcurrentHashMap<>();

    /** @param config names the account, if there is one */
    public Kills(ProtocolConfig config) {
        this.config = config;
        this.account = config.policy().killAccount();
    }

    /**
     * Has something ended.
     *
     * @param connector makes connections on the executor, if one is needed
     * @param executor the asking session's; to be called there
     * @param outcome is told there what came of it, later: null if the server said OK, else what went wrong
     * @return false if there is nobody who could do it: then nothing happens
     */
    public boolean send(Kill kill, Connector connector, Executor executor, Consumer<Err> outcome) {
        if (account.isEmpty()) {
            return Errand.send(kill.backend(), kill.user(), kill::command, executor, err -> outcome.accept(lost(err)));
        }
        deputies.computeIfAbsent(kill.backend(), backend -> new Deputy(backend, account.get(), config))
                .send(new Deputy.Order(kill, executor, outcome), connector);
        return true;
    }

    /** An errand whose server did not answer has been sent. */
    private static Err lost(Err err) {
        boolean unanswered = err != null && err.code() == ErrorCode.UNKNOWN_ERROR;
        return unanswered ? new Err(ErrorCode.CR_SERVER_LOST, err.sqlState(), err.message()) : err;
    }

    /** Whether an outcome leaves open what the server does yet: it was asked, and nothing was heard of it. */
    public static boolean mayStillCome(Err outcome) {
        return outcome != null && outcome.code() == ErrorCode.CR_SERVER_LOST;
    }

    /** Why nobody could. */
    public String excuse(Kill kill) {
        return "there is no account for that, and no idle connection of '" + kill.user() + "'";
    }
}
