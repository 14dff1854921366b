package org.knime.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeDescription;
import org.knime.core.node.NodeDescription.DialogOption;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.flowvariable.FlowVariablePortObject;
import org.knime.core.node.port.flowvariable.FlowVariablePortObjectSpec;
import org.knime.core.node.workflow.ExecutionEnvironment;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.NodeContext;
import org.knime.core.node.workflow.NodeMessage;
import org.knime.core.node.workflow.WorkflowCreationHelper;
import org.knime.core.node.workflow.WorkflowManager;
import org.knime.core.node.workflow.contextv2.WorkflowContextV2;
import org.knime.core.webui.node.view.NodeView;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Resource.ContentType;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DefaultNodeFactoryTest {

    private static final DataTableSpec SPEC =
            new DataTableSpec(new String[] {"id", "text"}, new DataType[] {StringCell.TYPE, StringCell.TYPE});

    @TempDir
    private Path m_folder;

    private WorkflowManager m_workflow;
    private NativeNodeContainer m_container;

    @BeforeEach
    void createNode() {
        m_workflow = WorkflowManager.ROOT.createAndAddProject(
                "test",
                new WorkflowCreationHelper(WorkflowContextV2.builder()
                        .withAnalyticsPlatformExecutor(
                                e -> e.withCurrentUserAsUserId().withLocalWorkflowPath(m_folder))
                        .withLocalLocation()
                        .build()));
        m_container = m_workflow.getNodeContainer(
                m_workflow.createAndAddNode(new LengthNodeFactory()), NativeNodeContainer.class, true);
        NodeContext.pushContext(m_container);
    }

    @AfterEach
    void removeNode() {
        NodeContext.removeLastContext();
        WorkflowManager.ROOT.removeProject(m_workflow.getID());
    }

    @Test
    void describesTheNodeFromItsDeclaration() {
        final Element xml = new LengthNodeFactory().getXMLDescription();

        assertThat(xml.getTagName()).isEqualTo("knimeNode");
        assertThat(xml.getAttribute("type")).isEqualTo("Manipulator");
        assertThat(text(xml, "name")).isEqualTo("Length");
        assertThat(text(xml, "intro")).isEqualTo("Appends the length of a text & nothing else.");
        assertThat(names(xml, "inPort")).containsExactly("Texts");
        assertThat(names(xml, "dynInPort")).containsExactly("Extra texts");
        assertThat(((Element) xml.getElementsByTagName("dynInPort").item(0)).getAttribute("group-identifier"))
                .isEqualTo("Extra");
        assertThat(names(xml, "outPort")).containsExactly("Lengths");
        assertThat(names(xml, "view")).containsExactly("Length");
        assertThat(xml.getElementsByTagName("keyword").getLength()).isEqualTo(2);
        assertThat(xml.getElementsByTagName("link").getLength()).isEqualTo(1);
    }

    /** First the options outside of sections, then section by section, the last one after the one of the output. */
    @Test
    void describesOptionsInTheOrderOfTheDialog() {
        final NodeDescription description = Node.invokeGetNodeDescription(new LengthNodeFactory());

        assertThat(description.getDialogOptionGroups()).hasSize(1);
        assertThat(description.getDialogOptionGroups().get(0).getOptions())
                .extracting(DialogOption::getName)
                .containsExactly("Text column", "At most", "Title", "Unit", "New column");
        assertThat(description
                        .getDialogOptionGroups()
                        .get(0)
                        .getOptions()
                        .get(3)
                        .getDescription())
                .isEqualTo("What is counted.<ul><li><b>Characters</b>: Every <i>character</i> counts.</li>"
                        + "<li><b>Blank separated words</b></li></ul>");
        assertThat(names(new LengthNodeFactory().getXMLDescription(), "option"))
                .containsExactly("Text column", "At most", "Title", "Unit", "New column");
    }

    @Test
    void theKindOfANodeFollowsFromItsPorts() {
        final DefaultNode source = node("ok", ports -> ports.addOutputTable("Out", "A table."));
        final DefaultNode sink = node("ok", ports -> ports.addInputTable("In", "A table."));
        final DefaultNode learner =
                node("ok", ports -> ports.addInputTable("In", "A table.")).nodeType(NodeType.Learner);

        assertThat(new Factory(source).getType()).isEqualTo(NodeType.Source);
        assertThat(new Factory(sink).getType()).isEqualTo(NodeType.Sink);
        assertThat(new Factory(learner).getType()).isEqualTo(NodeType.Learner);
        assertThat(new Factory(learner).hasNodeView()).isFalse();
        assertThat(new Factory(learner).hasNodeDialog()).isFalse();
    }

    @Test
    void refusesDescriptionsThatAreNotWellFormed() {
        assertThatThrownBy(() -> new Factory(node("a & b", ports -> ports.addOutputTable("Out", "A table."))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("Test node", "a & b");
    }

    private static DefaultNode node(final String description, final Consumer<RequirePorts.PortsAdder> ports) {
        return DefaultNode.create()
                .name("Test node")
                .icon("icon.png")
                .shortDescription(description)
                .fullDescription("Full.")
                .sinceVersion(5, 8, 0)
                .ports(ports)
                .model(model -> model.withoutParameters()
                        .configure((input, output) -> output.setWarningMessage("nothing"))
                        .execute((input, output) -> output.setWarningMessage("nothing")));
    }

    private static final class Factory extends DefaultNodeFactory {
        Factory(final DefaultNode node) {
            super(node);
        }
    }

    @Test
    void anOptionalPortIsNoneUntilItIsAdded() {
        final var config = new LengthNodeFactory().createNodeCreationConfig();
        assertThat(m_container.getNode().getNrInPorts()).isEqualTo(2);

        config.getPortConfig().orElseThrow().getExtendablePorts().get("Extra").addPort(BufferedDataTable.TYPE);
        final Node extended = m_workflow
                .getNodeContainer(
                        m_workflow.addNodeAndApplyContext(new LengthNodeFactory(), config, -1),
                        NativeNodeContainer.class,
                        true)
                .getNode();

        assertThat(extended.getNrInPorts()).isEqualTo(3);
        assertThat(extended.getInportName(2)).isEqualTo("Extra texts");
    }

    @Test
    void aNewNodeGuessesItsParametersFromTheInput() throws Exception {
        final NodeSettings before = new NodeSettings("model");
        m_container.getNode().saveModelSettingsTo(before);
        assertThat(before.getString("column")).isEmpty();

        assertThat(configure(SPEC)).isTrue();

        final NodeSettings after = new NodeSettings("model");
        m_container.getNode().saveModelSettingsTo(after);
        assertThat(after.getString("column")).isEqualTo("text");
        assertThat(((DataTableSpec) m_container.getNode().getOutputSpec(1)).getColumnNames())
                .containsExactly("id", "text", "length");
    }

    @Test
    void loadedParametersAreCheckedAndKept() throws Exception {
        final NodeSettings settings = new NodeSettings("model");
        m_container.getNode().saveModelSettingsTo(settings);
        settings.addInt("atMost", 0);
        assertThatThrownBy(() -> m_container.getNode().loadModelSettingsFrom(settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("At most");
        settings.addInt("atMost", 5);
        settings.addString("column", "gone");
        m_container.getNode().loadModelSettingsFrom(settings);

        assertThat(configure(SPEC)).isFalse();
        assertThat(m_container.getNodeMessage()).isEqualTo(NodeMessage.newWarning("There is no column \"gone\"."));
    }

    @Test
    void executesAndShowsItsView() throws Exception {
        final ExecutionContext exec = m_container.createExecutionContext();
        final BufferedDataContainer rows =
                exec.createDataContainer(new DataTableSpec(new String[] {"text"}, new DataType[] {StringCell.TYPE}));
        IntStream.range(0, 3)
                .forEach(i -> rows.addRowToTable(new DefaultRow("Row" + i, new StringCell("x".repeat(i)))));
        rows.close();
        configure(rows.getTable().getDataTableSpec());

        final boolean done = m_container
                .getNode()
                .execute(
                        new PortObject[] {FlowVariablePortObject.INSTANCE, rows.getTable()},
                        new ExecutionEnvironment(),
                        exec);

        assertThat(done).isTrue();
        assertThat(m_container.getNodeMessage().getMessage()).isEqualTo("3 texts");
        assertThat((BufferedDataTable) m_container.getNode().getOutputObject(1))
                .extracting(row -> row.getCell(1))
                .containsExactly(new IntCell(0), new IntCell(1), new IntCell(2));
        assertThat(initialData(view())).isEqualTo("{\"result\":{\"sizes\":[3],\"title\":\"Longest\"}}");
        m_container.getNode().reset();
        assertThat(initialData(view()))
                .isEqualTo("{\"userError\":{\"message\":\"Nothing to show.\",\"details\":\"Execute the node.\"}}");
    }

    private NodeView view() {
        final LengthNodeFactory factory =
                (LengthNodeFactory) (Object) m_container.getNode().getFactory();
        final NodeView view = factory.createNodeView(m_container.getNodeModel());
        final NodeSettings settings = new NodeSettings("view");
        m_container.getNode().saveDefaultViewSettingsTo(settings);
        view.loadValidatedSettingsFrom(settings);
        return view;
    }

    /** The keys in the order of the alphabet. */
    private static String initialData(final NodeView view) throws Exception {
        final String json = view.createInitialDataService().orElseThrow().getInitialData();
        final ObjectMapper mapper = new ObjectMapper();
        mapper.configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, json.contains("result"));
        return mapper.writeValueAsString(mapper.readValue(json, Object.class));
    }

    @Test
    void findsTheFilesOfItsPage() throws Exception {
        final Page page = view().getPage();

        assertThat(page.getRelativePath()).isEqualTo("view.html");
        assertThat(page.getContentType()).isEqualTo(ContentType.HTML);
        assertThat(page.isCompletelyStatic()).isTrue();
        assertThat(new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("lib/draw.js");
        assertThat(page.getResource("lib/draw.js").orElseThrow().getInputStream())
                .hasContent("draw();");
        assertThat(page.getResource("lib/other.js")).isEmpty();
    }

    private boolean configure(final DataTableSpec spec) {
        return m_container.getNode().configure(new PortObjectSpec[] {FlowVariablePortObjectSpec.INSTANCE, spec});
    }

    private static String text(final Element xml, final String tag) {
        return xml.getElementsByTagName(tag).item(0).getTextContent();
    }

    private static List<String> names(final Element xml, final String tag) {
        final NodeList elements = xml.getElementsByTagName(tag);
        return IntStream.range(0, elements.getLength())
                .mapToObj(i -> ((Element) elements.item(i)).getAttribute("name"))
                .toList();
    }
}
