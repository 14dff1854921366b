package org.realm4knime.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's packages are layers, and the engine stands on its own. */
class LayersTest {

    /** Number of names in org.realm4knime.engine. */
    private static final int ROOT = 3;

    private static final List<String> BOTTOM_TO_TOP = List.of(
            "spread",
            "torch",
            "template",
            "model",
            "generate",
            "problem",
            "answer",
            "endpoint",
            "arithmetic",
            "route",
            "mrpv",
            "eaai",
            "update",
            "train",
            "supervised",
            "grpo",
            "distill",
            "evaluate");

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.realm4knime.engine");

    static List<String> layersBelowAnother() {
        return BOTTOM_TO_TOP.subList(0, BOTTOM_TO_TOP.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("layersBelowAnother")
    void aLayerKnowsNothingOfThoseAbove(String layer) {
        String[] above = BOTTOM_TO_TOP.subList(BOTTOM_TO_TOP.indexOf(layer) + 1, BOTTOM_TO_TOP.size()).stream()
                .map(LayersTest::packages)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packages(layer))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .check(ENGINE);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("org.realm4knime.engine.(**)")
                .should()
                .beFreeOfCycles()
                .check(ENGINE);
    }

    @Test
    void everyPackageIsInALayer() {
        assertThat(ENGINE.stream()
                        .map(type -> type.getPackageName().split("\\."))
                        .filter(names -> names.length > ROOT)
                        .map(names -> names[ROOT]))
                .isSubsetOf(BOTTOM_TO_TOP);
    }

    @Test
    void theContractsAtTheRootKnowNoLayer() {
        noClasses()
                .that()
                .resideInAPackage("org.realm4knime.engine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.realm4knime.engine.*..")
                .check(ENGINE);
    }

    @Test
    void theEngineKnowsNeitherKnimeNorEclipseNorSpark() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.knime..", "org.eclipse..", "org.osgi..", "org.apache.spark..", "scala..")
                .check(ENGINE);
    }

    @Test
    void tensorsStayBelowTheMethod() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages("torch"), packages("model"), packages("generate"), packages("update"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.ndarray..")
                .check(ENGINE);
    }

    /** What is trained is sequences: the update knows neither problems and routes nor how help fades. */
    @Test
    void theUpdateKnowsNoAlgorithm() {
        noClasses()
                .that()
                .resideInAPackage(packages("update"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages("problem"), packages("route"), packages("mrpv"), packages("eaai"))
                .check(ENGINE);
    }

    /** What goes to a worker and comes back could be sent to another machine. */
    @Test
    void aWorkerIsAskedWithoutTensors() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("TrainingWorker")
                .or()
                .haveSimpleName("WeightStore")
                .or()
                .haveSimpleName("UpdatePart")
                .or()
                .haveSimpleName("TrainingSequence")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(ENGINE);
    }

    private static String packages(String layer) {
        return "org.realm4knime.engine." + layer + "..";
    }
}
