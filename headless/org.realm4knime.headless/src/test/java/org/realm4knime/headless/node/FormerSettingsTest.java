package org.realm4knime.headless.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.NodeSettings;
import org.realm4knime.standin.Keyring;
import org.realm4knime.standin.node.DefinedNode;
import org.realm4knime.standin.node.NodeDefinition;
import org.realm4knime.standin.node.NodePorts;

/**
 * Nodes read the settings that former versions saved, without the runner's help: where they cannot, KNIME runs them
 * with their defaults and no more than a warning. Each file holds the settings of a node as an example had them at some
 * time; together they have every set of keys and every constant that examples ever had. When a node's settings change,
 * add them.
 */
class FormerSettingsTest {

    private static final NodeRegistry REGISTRY = NodeRegistry.fromClassPath();

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/former-settings"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereAreFiles() throws IOException {
        assertThat(files()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("files")
    void settingsOfAFormerVersionAreRead(Path file) throws Exception {
        NodeSettings settings;
        try (InputStream in = Files.newInputStream(file)) {
            settings = (NodeSettings) NodeSettings.loadFromXML(in);
        }
        NodeDefinition definition = REGISTRY.definition(settings.getString("factory"));
        DefinedNode node =
                new DefinedNode(definition, new NodePorts(definition.ports()), Path.of("."), 1, Keyring.empty());

        assertThatCode(() -> node.load(settings.getNodeSettings("model"))).doesNotThrowAnyException();
    }
}
