package org.realm4knime.install;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shipped, and which way dependencies point. */
class LayoutIT {

    private static final String ENGINE = "org.realm4knime.engine";
    private static final String SAMPLES = "org.realm4knime.samples";
    private static final String NODES = "org.realm4knime.nodes";
    private static final String PREFERENCES = "org.realm4knime.preferences";
    private static final Set<String> BUNDLES = Set.of(ENGINE, SAMPLES, NODES, PREFERENCES);
    private static final Set<String> NATIVES =
            Set.of("linux.x86_64", "linux.aarch64", "macosx.aarch64", "win32.x86_64");

    @Test
    void theUpdateSiteHoldsTheFeaturesBundlesAndNothingElse() throws IOException {
        assertThat(siteContent("features")).containsExactly("org.realm4knime.feature");
        Set<String> plugins = siteContent("plugins");
        assertThat(plugins).containsAll(BUNDLES).anyMatch(LayoutIT::isNative);
        assertThat(plugins)
                .allMatch(plugin -> BUNDLES.contains(plugin) || isNative(plugin))
                .noneMatch(plugin -> plugin.startsWith("org.knime"));
    }

    @Test
    void theFeatureListsEveryBundle() throws IOException {
        assertThat(Sources.elements(Sources.path("feature", "feature.xml"), "plugin"))
                .extracting(plugin -> plugin.getAttribute("id"))
                .containsExactlyInAnyOrderElementsOf(BUNDLES);
    }

    @Test
    void theEngineRequiresNoOtherBundle() throws IOException {
        assertThat(Sources.header("plugin", "Require-Bundle")).isEmpty();
        assertThat(Sources.header("plugin", "Import-Package")).allMatch(name -> name.startsWith("org.slf4j"));
    }

    @Test
    void theSamplesRequireOnlyTheEngine() throws IOException {
        assertThat(Sources.header("samples", "Require-Bundle")).containsExactly(ENGINE);
    }

    @Test
    void theNodesRequireOnlyTheEngineTheSamplesKnimeAndEclipse() throws IOException {
        assertThat(Sources.header("nodes", "Require-Bundle"))
                .allMatch(bundle -> BUNDLES.contains(bundle)
                        || bundle.startsWith("org.knime.core")
                        || bundle.startsWith("org.eclipse."));
    }

    /** On an executor there is none. */
    @Test
    void theNodesNeedNoUserInterface() throws IOException {
        assertThat(Sources.header("nodes", "Require-Bundle"))
                .isNotEmpty()
                .noneMatch(
                        bundle -> bundle.contains("swt") || bundle.contains("jface") || bundle.contains("workbench"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plugin", "samples", "nodes", "preferences", "feature", "natives", "update-site"})
    void nothingThatIsShippedNamesTheHeadlessRunner(String folder) throws IOException {
        for (Path file : Sources.files(folder)) {
            // as bytes one to one: there are pictures among the files
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain("realm4knime.headless");
        }
    }

    @Test
    void everyEmbeddedJarIsOnTheBundleClassPath() throws IOException {
        try (Stream<Path> jars = Files.list(Sources.path("plugin", "lib"))) {
            assertThat(Sources.header("plugin", "Bundle-ClassPath"))
                    .contains(".")
                    .filteredOn(entry -> entry.startsWith("lib/"))
                    .containsExactlyInAnyOrderElementsOf(
                            jars.map(jar -> "lib/" + jar.getFileName()).toList());
        }
    }

    @Test
    void theNoticeNamesEveryEmbeddedJar() throws IOException {
        String notice = Files.readString(Sources.path("NOTICE"));
        try (Stream<Path> jars = Files.list(Sources.path("plugin", "lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString().replace(".jar", "")))
                    .allMatch(jar -> notice.matches("(?s).*[(\\s]" + Pattern.quote(jar) + "[),].*"));
        }
    }

    @Test
    void theListOfLibrariesNamesEveryEmbeddedJar() throws IOException {
        String list = Files.readString(Sources.path("plugin", "target", "realm4knime.cdx.json"));
        try (Stream<Path> jars = Files.list(Sources.path("plugin", "lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString().replace(".jar", "")))
                    .allMatch(jar -> list.contains("\"name\" : \"" + jar + "\""));
        }
    }

    private static boolean isNative(String plugin) {
        return NATIVES.stream().anyMatch(platform -> plugin.equals(ENGINE + "." + platform));
    }

    /** The names, without versions, in a folder of the built update site. */
    private static Set<String> siteContent(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Sources.path("update-site", "target", "repository", folder))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("_\\d+\\..*", ""))
                    .collect(toSet());
        }
    }
}
