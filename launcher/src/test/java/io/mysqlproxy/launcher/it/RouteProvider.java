package io.mysqlproxy.launcher.it;

import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Makes the routes that {@link Routes} asks for. */
final class RouteProvider implements ArgumentsProvider, AnnotationConsumer<Routes> {
    private Routes wanted;

    @Override
    public void accept(Routes annotation) {
        wanted = annotation;
    }

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        Proxies proxies = Proxies.of(context);
        return Arrays.stream(wanted.servers())
                .map(RouteProvider::server)
                .flatMap(server -> Arrays.stream(wanted.hooks())
                        .flatMap(hook -> Arrays.stream(wanted.drivers())
                                .map(driver -> Arguments.of(
                                        new Route(server, hook, driver, proxies.get(server, hook.script))))));
    }

    private static DatabaseServer server(String name) {
        return name.equals("MySQL") ? Servers.mysql() : Servers.mariadb();
    }
}
