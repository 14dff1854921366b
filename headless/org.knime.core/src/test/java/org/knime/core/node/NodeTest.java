package org.knime.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.EchoNodeFactory.Behaviour;
import org.knime.core.node.context.ModifiableNodeCreationConfiguration;
import org.knime.core.node.context.ports.ExtendablePortGroup;
import org.knime.core.node.context.ports.ModifiablePortsConfiguration;
import org.knime.core.node.message.Message;
import org.knime.core.node.port.NotebookObject;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.core.node.port.flowvariable.FlowVariablePortObject;
import org.knime.core.node.port.flowvariable.FlowVariablePortObjectSpec;
import org.knime.core.node.workflow.ExecutionEnvironment;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.NodeID;
import org.knime.core.node.workflow.NodeMessage;
import org.knime.core.node.workflow.WorkflowCreationHelper;
import org.knime.core.node.workflow.WorkflowManager;
import org.knime.core.node.workflow.contextv2.WorkflowContextV2;

class NodeTest {

    private static final PortType NOTEBOOK = PortTypeRegistry.getInstance().getPortType(NotebookObject.class);
    private static final DataTableSpec SPEC =
            new DataTableSpec(new String[] {"text"}, new DataType[] {StringCell.TYPE});

    @TempDir
    private Path m_folder;

    private WorkflowManager m_workflow;

    @BeforeEach
    void createWorkflow() {
        m_workflow = WorkflowManager.ROOT.createAndAddProject(
                "test",
                new WorkflowCreationHelper(WorkflowContextV2.builder()
                        .withAnalyticsPlatformExecutor(
                                e -> e.withCurrentUserAsUserId().withLocalWorkflowPath(m_folder))
                        .withLocalLocation()
                        .build()));
    }

    @AfterEach
    void removeWorkflow() {
        WorkflowManager.ROOT.removeProject(m_workflow.getID());
    }

    @Test
    void savesPortsThatUsersAddedAsKnimeDoes() throws Exception {
        final ModifiableNodeCreationConfiguration config = factory(null).createNodeCreationConfig();
        final ModifiablePortsConfiguration ports = config.getPortConfig().orElseThrow();
        final ExtendablePortGroup more = ports.getExtendablePorts().get("More");
        assertThat(more.canAddPort()).isTrue();
        more.addPort(BufferedDataTable.TYPE);
        assertThat(more.canAddPort()).isFalse();
        ports.getExtendablePorts().get("Notebooks").addPort(NOTEBOOK);

        final NodeSettings settings = new NodeSettings("settings.xml");
        config.saveSettingsTo(settings);

        final NodeSettings saved = settings.getNodeSettings("node_creation_config");
        assertThat(saved.keySet()).containsExactly("Table", "More", "Notebooks", "Result");
        assertThat(saved.getNodeSettings("Table").keySet()).isEmpty();
        assertThat(saved.getNodeSettings("Notebooks").keySet()).containsExactly("port_0", "port_1");
        assertThat(saved.getNodeSettings("More").getNodeSettings("port_0").getString("object_class"))
                .isEqualTo(BufferedDataTable.class.getName());

        final ModifiableNodeCreationConfiguration loaded = factory(null).createNodeCreationConfig();
        loaded.loadSettingsFrom(settings);
        final ModifiablePortsConfiguration loadedPorts = loaded.getPortConfig().orElseThrow();
        assertThat(loadedPorts.getInputPorts())
                .containsExactly(BufferedDataTable.TYPE, BufferedDataTable.TYPE, NOTEBOOK, NOTEBOOK);
        assertThat(loadedPorts.getInputPortLocation().get("Notebooks")).containsExactly(2, 3);
        assertThat(loadedPorts.copy().getOutputPortLocation().get("Result")).containsExactly(0);
    }

    @Test
    void aNewNodeHasItsDefaultPorts() {
        final Node node = node(null).getNode();

        assertThat(node.getNrInPorts()).isEqualTo(3);
        assertThat(node.getInputType(0).isOptional()).isTrue();
        assertThat(node.getInputType(2)).isEqualTo(NOTEBOOK);
        assertThat(node.getInportName(1)).isEqualTo("Table");
        assertThat(node.getInportName(2)).isEqualTo("Notebook");
        assertThat(node.getOutportName(1)).isEqualTo("Result");
    }

    @Test
    void refusesSettingsThatAreNotValid() throws Exception {
        final Node node = node(null).getNode();
        final NodeSettings settings = new NodeSettings("model");
        node.saveModelSettingsTo(settings);
        assertThat(settings.getInt("rows")).isEqualTo(5);
        settings.addInt("rows", -1);

        assertThatThrownBy(() -> node.loadModelSettingsFrom(settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Rows must not be negative.");
        assertThatThrownBy(() -> node.validateModelSettings(new NodeSettings("model")))
                .isInstanceOf(InvalidSettingsException.class);
    }

    @Test
    void configureTellsWhyItFails() {
        final NativeNodeContainer container = tableNode(null);

        assertThat(configure(container, new DataTableSpec())).isFalse();
        assertThat(container.getNodeMessage()).isEqualTo(NodeMessage.newWarning("The table has no columns."));
        assertThat(configure(container, null)).isFalse();
        assertThat(configure(container, SPEC)).isTrue();
        assertThat(container.getNodeMessage()).isEqualTo(NodeMessage.NONE);
        assertThat(container.getNode().getOutputSpec(1)).isEqualTo(SPEC);
    }

    @Test
    void executesAndKeepsTheWarning() {
        final NativeNodeContainer container = tableNode((in, exec, model) -> {
            model.warn("Mind the gap.");
            return new PortObject[] {in[0]};
        });

        assertThat(execute(container)).isTrue();

        assertThat(container.getNodeMessage()).isEqualTo(NodeMessage.newWarning("Mind the gap."));
        assertThat(container.getNode().getOutputObject(1).getSummary()).isEqualTo("Rows: 1, Cols: 1");
        container.getNode().reset();
        assertThat(container.getNode().getOutputObject(1)).isNull();
    }

    @Test
    void warnsOfAnEmptyTable() {
        final NativeNodeContainer container =
                tableNode((in, exec, model) -> new PortObject[] {exec.createVoidTable(SPEC)});

        assertThat(execute(container)).isTrue();
        assertThat(container.getNodeMessage().getMessageType()).isEqualTo(NodeMessage.Type.WARNING);
    }

    @Test
    void failuresBecomeMessages() {
        assertThat(failure(new KNIMEException("No model at the input.")).getMessage())
                .isEqualTo("No model at the input.");
        assertThat(failure(new IllegalStateException("out of luck")).getMessage())
                .isEqualTo("Execute failed: out of luck");
        assertThat(failure(new NullPointerException()).getMessage()).contains("NullPointerException");
        final NodeMessage detailed = failure(Message.builder()
                .withSummary("Two problems.")
                .addTextIssue("First one.")
                .addResolutions("Try again.")
                .build()
                .orElseThrow()
                .toKNIMEException());
        assertThat(detailed.getIssue()).contains("First one.");
        assertThat(detailed.getResolutions()).containsExactly("Try again.");
        assertThat(detailed.getMessageType()).isEqualTo(NodeMessage.Type.ERROR);
    }

    private NodeMessage failure(final Exception exception) {
        final NativeNodeContainer container = tableNode((in, exec, model) -> {
            throw exception;
        });
        assertThat(execute(container)).isFalse();
        assertThat(container.getNode().getOutputObject(1)).isNull();
        return container.getNodeMessage();
    }

    @Test
    void aMissingResultIsAFailure() {
        assertThat(execute(tableNode((in, exec, model) -> new PortObject[1]))).isFalse();
        assertThat(execute(tableNode((in, exec, model) -> new PortObject[0]))).isFalse();
        assertThat(execute(tableNode((in, exec, model) -> null))).isFalse();
    }

    @Test
    void cancelingIsAWarning() {
        final NativeNodeContainer container = tableNode((in, exec, model) -> {
            exec.getProgressMonitor().setExecuteCanceled();
            exec.checkCanceled();
            return in;
        });

        assertThat(execute(container)).isFalse();
        assertThat(container.getNodeMessage()).isEqualTo(NodeMessage.newWarning("Execution canceled"));
    }

    @Test
    void fileStoresBelongToTheNode() throws Exception {
        final NativeNodeContainer container = tableNode((in, exec, model) -> {
            Files.writeString(exec.createFileStore("weights").getFile().toPath(), "0.5");
            return new PortObject[] {in[0]};
        });

        assertThat(execute(container)).isTrue();

        final Path folder = Node.invokeGetFileStoreHandler(container.createExecutionContext())
                .getBaseDir()
                .toPath();
        assertThat(folder.resolve("000/000/weights")).hasContent("0.5");
        container.clearFileStoreHandler();
        assertThat(folder).doesNotExist();
    }

    private static EchoNodeFactory factory(final Behaviour behaviour) {
        return new EchoNodeFactory(behaviour, NOTEBOOK);
    }

    private NativeNodeContainer node(final ModifiableNodeCreationConfiguration config) {
        final NodeID id = m_workflow.addNodeAndApplyContext(factory(null), config, 7);
        assertThat(id.getIndex()).isEqualTo(7);
        return m_workflow.getNodeContainer(id, NativeNodeContainer.class, true);
    }

    /** A node with the one table at its input. */
    private NativeNodeContainer tableNode(final Behaviour behaviour) {
        final EchoNodeFactory factory = factory(behaviour);
        final ModifiableNodeCreationConfiguration config = factory.createNodeCreationConfig();
        config.getPortConfig()
                .orElseThrow()
                .getExtendablePorts()
                .get("Notebooks")
                .removeLastPort();
        final NodeID id = m_workflow.addNodeAndApplyContext(factory, config, -1);
        return m_workflow.getNodeContainer(id, NativeNodeContainer.class, true);
    }

    private static boolean configure(final NativeNodeContainer container, final DataTableSpec spec) {
        return container.getNode().configure(new PortObjectSpec[] {FlowVariablePortObjectSpec.INSTANCE, spec});
    }

    private static boolean execute(final NativeNodeContainer container) {
        final ExecutionContext exec = container.createExecutionContext();
        final BufferedDataContainer rows = exec.createDataContainer(SPEC);
        rows.addRowToTable(new DefaultRow("Row0", new StringCell("x")));
        rows.close();
        final PortObject[] in = {FlowVariablePortObject.INSTANCE, rows.getTable()};
        configure(container, SPEC);
        return container.getNode().execute(in, new ExecutionEnvironment(), exec);
    }
}
