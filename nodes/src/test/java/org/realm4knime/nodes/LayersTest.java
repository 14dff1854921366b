package org.realm4knime.nodes;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What nodes share lies below them, and no node knows another. */
class LayersTest {

    private static final String[] SHARED = Stream.of("parameters", "port", "preferences", "table", "view", "job")
            .map(LayersTest::packages)
            .toArray(String[]::new);

    private static final JavaClasses NODES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.realm4knime.nodes");

    @Test
    void whatIsSharedKnowsNoNode() {
        noClasses()
                .that()
                .resideInAnyPackage(SHARED)
                .should()
                .dependOnClassesThat(resideInAPackage("org.realm4knime.nodes..").and(not(resideInAnyPackage(SHARED))))
                .check(NODES);
    }

    /** The Dataset Reader is the exception: it makes sample data where an older workflow asks it to. */
    @Test
    void noNodeKnowsAnother() {
        slices().matching("org.realm4knime.nodes.(*)..")
                .namingSlices("$1")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED))
                .ignoreDependency(resideInAPackage(packages("dataset")), resideInAPackage(packages("samples")))
                .check(NODES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("org.realm4knime.nodes.(**)")
                .should()
                .beFreeOfCycles()
                .check(NODES);
    }

    @Test
    void onlyTheSampleNodeKnowsTheSampleDomains() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packages("samples"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.realm4knime.samples..")
                .check(NODES);
    }

    @Test
    void tensorsStayInTheEngine() {
        noClasses().should().dependOnClassesThat().resideInAPackage("ai.djl..").check(NODES);
    }

    private static String packages(String name) {
        return "org.realm4knime.nodes." + name + "..";
    }
}
