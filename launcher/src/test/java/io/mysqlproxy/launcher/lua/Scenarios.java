package io.mysqlproxy.launcher.lua;

import io.mysqlproxy.script.ScriptScope;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link Scenario} once in each of its scopes. */
final class Scenarios implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Scenario scenario = context.getRequiredTestMethod().getAnnotation(Scenario.class);
        return Stream.of(scenario.value()).map(InScope::new);
    }

    private record InScope(ScriptScope scope) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return scope.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Stages(scope));
        }
    }

    /** Sets the stage, and clears it. */
    private static final class Stages implements ParameterResolver, AfterEachCallback {
        private final ScriptScope scope;
        private Stage stage;

        Stages(ScriptScope scope) {
            this.scope = scope;
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Stage.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            stage = new Stage(scope);
            return stage;
        }

        @Override
        public void afterEach(ExtensionContext context) {
            if (stage != null) {
                stage.close();
            }
        }
    }
}
