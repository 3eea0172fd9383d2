package io.mysqlproxy.launcher.lua;

import io.mysqlproxy.script.ScriptScope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test with a {@link Stage}: runs once in each scope, since nearly everything holds in both. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(Scenarios.class)
@interface Scenario {
    /** The scopes in which it holds. */
    ScriptScope[] value() default {ScriptScope.EXECUTION, ScriptScope.CONNECTION};
}
