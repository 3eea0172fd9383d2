package io.mysqlproxy.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which package may know which. Plain tests: surefire does not see rules that are fields for ArchUnit's own engine. */
class ArchitectureTest {
    private static final String CHANNELS = "io.netty.channel..";

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.mysqlproxy.core");

    private static void check(ArchRule rule) {
        rule.check(CORE);
    }

    /** {@link ProxyServer} owns the event loops; it names their group and nothing else of theirs. */
    @Test
    void onlyNetKnowsChannels() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.mysqlproxy.core.net..")
                .and(not(type(ProxyServer.class)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CHANNELS));
    }

    @Test
    void theServerKnowsEventLoopsOnly() {
        check(noClasses()
                .that()
                .areAssignableTo(ProxyServer.class)
                .should()
                .dependOnClassesThat(resideInAnyPackage(CHANNELS)
                        .and(not(type(EventLoopGroup.class)))
                        .and(not(type(MultiThreadIoEventLoopGroup.class)))
                        .and(not(type(IoHandlerFactory.class)))));
    }

    @Test
    void sessionsKnowNoScriptsAndNoSockets() {
        check(noClasses()
                .that()
                .resideInAPackage("io.mysqlproxy.core.session..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mysqlproxy.core.script..",
                        "io.mysqlproxy.core.net..",
                        "io.mysqlproxy.core.plugin",
                        "java.net"));
    }

    /** What a server calls the file it wants is for the client to open (proxysql#833). */
    @Test
    @Tag("W-49")
    void sessionsOpenNoFiles() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.mysqlproxy.core.session..", "io.mysqlproxy.core.query", "io.mysqlproxy.core.leg")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.file..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.File")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileInputStream"));
    }

    @Test
    void modelsKnowNoHookLifecycle() {
        check(noClasses()
                .that()
                .resideInAPackage("io.mysqlproxy.core.script.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.mysqlproxy.core.script", "io.mysqlproxy.core.net..", "io.mysqlproxy.core.plugin"));
    }

    @Test
    void nobodyKnowsAnEngine() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.luaj..", "org.python..", "io.mysqlproxy.script.lua..", "io.mysqlproxy.script.python.."));
    }

    @Test
    void noCycles() {
        check(slices().matching("io.mysqlproxy.core.(**)").should().beFreeOfCycles());
    }
}
