package io.mysqlproxy.launcher.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Keeps logback from looking for files of its own where the command runs: {@link Logging} sets it up from options, and the search
 * takes longer than all the rest of it. Found as a service.
 */
public final class OptionsOnly extends ContextAwareBase implements Configurator {
    /** Set by {@code bin/launcher}. */
    private static final String COMMAND = "launcher.home";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        return System.getProperty(COMMAND) == null
                ? ExecutionStatus.INVOKE_NEXT_IF_ANY
                : ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
