package io.mysqlproxy.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;

/** Which package may know which. */
@AnalyzeClasses(packages = "io.mysqlproxy.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CHANNELS = "io.netty.channel..";

    /** {@link ProxyServer} owns the event loops; it names their group and nothing else of theirs. */
    @ArchTest
    static final ArchRule ONLY_NET_KNOWS_CHANNELS = noClasses()
            .that()
            .resideOutsideOfPackage("io.mysqlproxy.core.net")
            .and(not(type(ProxyServer.class)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CHANNELS);

    @ArchTest
    static final ArchRule THE_SERVER_KNOWS_EVENT_LOOPS_ONLY = noClasses()
            .that()
            .areAssignableTo(ProxyServer.class)
            .should()
            .dependOnClassesThat(resideInAnyPackage(CHANNELS)
                    .and(not(type(EventLoopGroup.class)))
                    .and(not(type(MultiThreadIoEventLoopGroup.class)))
                    .and(not(type(IoHandlerFactory.class))));

    @ArchTest
    static final ArchRule SESSIONS_KNOW_NO_SCRIPTS_AND_NO_SOCKETS = noClasses()
            .that()
            .resideInAPackage("io.mysqlproxy.core.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.mysqlproxy.core.script..", "io.mysqlproxy.core.net", "io.mysqlproxy.core.plugin", "java.net");

    @ArchTest
    static final ArchRule MODELS_KNOW_NO_HOOK_LIFECYCLE = noClasses()
            .that()
            .resideInAPackage("io.mysqlproxy.core.script.model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.mysqlproxy.core.script", "io.mysqlproxy.core.net", "io.mysqlproxy.core.plugin");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_AN_ENGINE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.luaj..", "org.python..", "io.mysqlproxy.script.lua..", "io.mysqlproxy.script.python..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.mysqlproxy.(core.**)").should().beFreeOfCycles();
}
