package org.realm4knime.standin.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;
import org.realm4knime.standin.node.PortGroup.Side;

class NodePortsTest {

    private final NodePorts ports = new NodePorts(
            new DefaultNodeFactory(DefaultNode.create()
                    .name("Ports")
                    .icon("icon.png")
                    .shortDescription("Short.")
                    .fullDescription("Full.")
                    .sinceVersion(5, 8, 0)
                    .dynamicPorts(NodePortsTest::declare)
                    .model(model -> model.withoutParameters()
                            .configure((input, output) -> output.setWarningMessage("nothing"))
                            .execute((input, output) -> output.setWarningMessage("nothing")))) {}.definition()
                    .ports());

    private static void declare(DynamicPortsAdder ports) {
        ports.addInputPortGroup(
                        "Table", g -> g.name("Table").description("One.").fixed(BufferedDataTable.TYPE))
                .addInputPortGroup("More", g -> g.name("More")
                        .description("At most one.")
                        .optional()
                        .supportedTypes(BufferedDataTable.TYPE))
                .addInputPortGroup("Many", g -> g.name("Many")
                        .description("One or more.")
                        .extendable()
                        .supportedTypes(BufferedDataTable.TYPE)
                        .defaultNonFixedTypes(BufferedDataTable.TYPE))
                .addInputPortGroup(
                        "Last", g -> g.name("Last").description("One.").fixed(BufferedDataTable.TYPE))
                .addOutputPortGroup(
                        "Result", g -> g.name("Result").description("One.").fixed(BufferedDataTable.TYPE));
    }

    @Test
    void aNewNodeHasItsDefaultPorts() {
        assertThat(ports.types(Side.INPUT)).hasSize(3).containsOnly(BufferedDataTable.TYPE);
        assertThat(ports.types(Side.OUTPUT)).hasSize(1);
        assertThat(ports.positions(Side.INPUT)).containsOnlyKeys("Table", "Many", "Last");
        assertThat(ports.changeable()).containsExactly("More", "Many");
        assertThat(names(3)).containsExactly("Table", "Many", "Last");
        assertThat(ports.name(Side.OUTPUT, 0)).isEqualTo("Result");
    }

    private List<String> names(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> ports.name(Side.INPUT, i))
                .toList();
    }

    /** The layout is that of node_creation_config in files of KNIME 5.12. */
    @Test
    void portsThatUsersAddedAreSavedAsKnimeDoes() throws Exception {
        ports.resize("More", 1);
        ports.resize("Many", 2);
        NodeSettings settings = new NodeSettings("settings.xml");
        ports.save(settings);

        NodeSettings saved = settings.getNodeSettings("node_creation_config");
        assertThat(saved.keySet()).containsExactly("Table", "More", "Many", "Last", "Result");
        assertThat(saved.getNodeSettings("Table").keySet()).isEmpty();
        assertThat(saved.getNodeSettings("Many").keySet()).containsExactly("port_0", "port_1");
        assertThat(saved.getNodeSettings("More").getNodeSettings("port_0").getString("object_class"))
                .isEqualTo("org.knime.core.node.BufferedDataTable");

        ports.resize("More", 0);
        ports.resize("Many", 0);
        ports.load(settings);
        assertThat(ports.positions(Side.INPUT).get("Many")).containsExactly(2, 3);
        assertThat(names(5)).containsExactly("Table", "More", "Many", "Many", "Last");
    }

    @Test
    void portsThatTheNodeCannotHaveAreRefused() {
        assertThatThrownBy(() -> ports.resize("More", 2)).isInstanceOf(IllegalArgumentException.class);
        NodeSettings settings = new NodeSettings("settings.xml");
        ports.resize("Many", 1);
        ports.save(settings);
        NodeSettings other = new NodeSettings("port_0");
        other.addString("object_class", "org.example.Gone");
        assertThatThrownBy(() -> {
                    settings.getNodeSettings("node_creation_config")
                            .getNodeSettings("Many")
                            .addNodeSettings(other);
                    ports.load(settings);
                })
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll("Many", "Data Table", "org.example.Gone");
    }

    /** KNIME 5.12 counts fixed ports of an extendable group, but does not name them: names move to wrong ports. */
    @Test
    void fixedPortsOfAnExtendableGroupTakeTheNamesOfLaterPorts() {
        PortGroup models = new PortGroup("Models", Side.INPUT, "Models", "")
                .with(PortGroup.Mode.EXTENDABLE, BufferedDataTable.TYPE)
                .withFixed(1);
        PortGroup problems = new PortGroup("Problems", Side.INPUT, "Problems", "")
                .with(PortGroup.Mode.FIXED, BufferedDataTable.TYPE)
                .withFixed(1);
        NodePorts two = new NodePorts(List.of(models, problems));

        assertThat(two.types(Side.INPUT)).hasSize(2);
        assertThat(two.name(Side.INPUT, 0)).isEqualTo("Problems");
        assertThat(two.name(Side.INPUT, 1)).isEqualTo("No name");
        two.resize("Models", 2);
        assertThat(two.name(Side.INPUT, 0)).isEqualTo("Models");
    }
}
