package org.realm4knime.headless.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.headless.catalog.ParameterInfo.Option;
import org.realm4knime.headless.catalog.ParameterInfo.Shown;
import org.realm4knime.headless.node.NodeRegistry;

/** A dialog asks little at first, and the documentation says of each setting what the dialog says. */
class ShownSettingsTest {

    private static final int MOST = 8;

    static Stream<NodeInfo> nodes() throws Exception {
        return NodeCatalog.of(NodeRegistry.fromClassPath()).stream()
                .filter(node -> node.factory().startsWith("org.realm4knime.nodes."));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void noDialogShowsMoreThanEightSettingsAtFirst(NodeInfo node) {
        assertThat(node.parameters().stream()
                        .filter(parameter -> parameter.shown() == Shown.ALWAYS)
                        .map(ParameterInfo::title))
                .hasSizeLessThanOrEqualTo(MOST);
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void everySettingAndEveryOptionHasANameAndAnExplanation(NodeInfo node) {
        for (ParameterInfo parameter : node.parameters()) {
            assertThat(parameter.title()).as(parameter.key()).isNotBlank();
            assertThat(parameter.description()).as(parameter.key()).isNotBlank();
            for (Option option : parameter.options()) {
                assertThat(option.label()).as(parameter.key()).isNotBlank();
                assertThat(option.description())
                        .as(parameter.key() + " " + option.value())
                        .isNotBlank();
            }
        }
    }

    @Test
    void aSectionThatIsAdvancedMakesItsSettingsAdvanced() throws Exception {
        NodeInfo trainer = nodes().filter(node -> node.name().equals("ReaLM Trainer"))
                .findFirst()
                .orElseThrow();

        assertThat(trainer.parameters().stream()
                        .filter(parameter -> parameter.section().equals("Guidance"))
                        .map(ParameterInfo::shown))
                .isNotEmpty()
                .containsOnly(Shown.ADVANCED);
    }

    @Test
    void theDocumentationHasSectionsLabelsAndWhatIsAdvanced() throws Exception {
        String page =
                CatalogText.markdown(List.of(nodes().filter(node -> node.name().equals("ReaLM Trainer"))
                        .findFirst()
                        .orElseThrow()));

        assertThat(page)
                .contains("**Rewards** *(advanced)*")
                .contains("**Training**\n")
                .contains("| Reward of a right answer | `rewards/outcome` |")
                .contains("| Temperature *(advanced)* | `temperature` |")
                .contains("| Steps | `steps` |")
                .contains("`ALL_OR_NONE` All or none: All routes are shown");
    }
}
