package io.mysqlproxy.launcher.it;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A test that is run for each {@link Route} there is, or for a choice of them. */
@Target(METHOD)
@Retention(RUNTIME)
@ParameterizedTest
@ArgumentsSource(RouteProvider.class)
@interface Routes {
    /** The beginnings of the names of servers. */
    String[] servers() default {"MySQL", "MariaDB"};

    /** What is between. */
    Hook[] hooks() default {
        Hook.NONE,
        Hook.LUA_LOOKS,
        Hook.LUA_QUEUES,
        Hook.LUA_HOLDS,
        Hook.PYTHON_LOOKS,
        Hook.PYTHON_QUEUES,
        Hook.PYTHON_HOLDS
    };

    /** The clients. */
    Driver[] drivers() default {Driver.CONNECTOR_J, Driver.MARIADB};
}
