package org.realm4knime.headless;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The runner's packages are layers, and it knows nodes through their plugin.xml only. */
class LayersTest {

    private static final List<String> BOTTOM_TO_TOP =
            List.of("workflow", "node", "catalog", "run", "report", "serve", "cli");

    private static final JavaClasses RUNNER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BOTTOM_TO_TOP.stream()
                    .map(layer -> "org.realm4knime.headless." + layer)
                    .toList());

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
                .check(RUNNER);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("org.realm4knime.headless.(**)")
                .should()
                .beFreeOfCycles()
                .check(RUNNER);
    }

    @Test
    void nothingBelowTheEntryPointKnowsIt() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.realm4knime.headless")
                .check(RUNNER);
    }

    /**
     * The device is asked for before anything is computed, and the server computes. How a file is written whole, in the
     * engine's root, is for everyone.
     */
    @Test
    void onlyTheCommandLineAndTheServerKnowTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages("cli"), packages("serve"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.realm4knime.nodes..", "org.realm4knime.engine.*..", "org.realm4knime.samples..")
                .check(RUNNER);
    }

    private static String packages(String layer) {
        return "org.realm4knime.headless." + layer + "..";
    }
}
