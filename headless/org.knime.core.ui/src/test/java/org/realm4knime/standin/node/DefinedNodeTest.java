package org.realm4knime.standin.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.page.Page;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.standin.FileStores;
import org.realm4knime.standin.Keyring;
import org.realm4knime.standin.Progress;
import org.realm4knime.standin.node.LengthNodeFactory.End;

class DefinedNodeTest {

    private static final DataColumnSpec TEXT = new DataColumnSpecCreator("text", StringCell.TYPE).createSpec();

    /** Failures are what some tests are about. */
    private static final Logger LOG = Logger.getLogger("org.realm4knime.standin");

    static {
        LOG.setLevel(Level.OFF);
    }

    @TempDir
    private Path folder;

    private final NodeDefinition definition = new LengthNodeFactory().definition();
    private final Progress progress = new Progress();
    private DefinedNode node;

    @BeforeEach
    void createNode() {
        node = new DefinedNode(definition, new NodePorts(definition.ports()), folder, 7, Keyring.empty());
    }

    private ExecutionContext context() {
        return new ExecutionContext(progress, new FileStores(folder));
    }

    private BufferedDataTable texts() {
        BufferedDataContainer rows = context().createDataContainer(new DataTableSpec(TEXT));
        IntStream.range(0, 3)
                .forEach(
                        i -> rows.addRowToTable(new DefaultRow(RowKey.createRowKey(i), new StringCell("x".repeat(i)))));
        rows.close();
        return rows.getTable();
    }

    private Optional<List<PortObject>> execute(End end) throws InvalidSettingsException {
        NodeSettings settings = definition.defaultParameters();
        settings.addString("column", "text");
        settings.addString("end", end.name());
        node.load(settings);
        assertThat(node.configure(List.of(texts().getSpec()))).isTrue();
        return node.execute(List.of(texts()), context());
    }

    @Test
    void theKindOfANodeFollowsFromItsPortsUnlessItIsDeclared() {
        DefaultNode source = DefaultNode.create()
                .name("Source")
                .icon("icon.png")
                .shortDescription("Short.")
                .fullDescription("Full.")
                .sinceVersion(5, 8, 0)
                .ports(ports -> ports.addOutputTable("Out", "A table."))
                .model(model -> model.withoutParameters()
                        .configure((input, output) -> output.setWarningMessage("nothing"))
                        .execute((input, output) -> output.setWarningMessage("nothing")));

        assertThat(new DefaultNodeFactory(source) {}.getType()).isEqualTo(NodeType.Source);
        assertThat(new LengthNodeFactory().getType()).isEqualTo(NodeType.Manipulator);
        assertThat(new DefaultNodeFactory(source.nodeType(NodeType.Learner)) {}.getType())
                .isEqualTo(NodeType.Learner);
    }

    @Test
    void aNewNodeGuessesItsParametersFromTheInput() {
        assertThat(node.configure(List.of(new DataTableSpec(TEXT)))).isTrue();
        assertThat(node.outputSpec(0)).contains(LengthNodeFactory.spec(TEXT));
    }

    @Test
    void loadedParametersAreCheckedAndKept() throws InvalidSettingsException {
        NodeSettings settings = definition.defaultParameters();
        settings.addInt("atMost", 0);
        assertThatThrownBy(() -> node.load(settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("At most");
        settings.addInt("atMost", 5);
        settings.addString("column", "gone");
        node.load(settings);

        assertThat(node.configure(List.of(new DataTableSpec(TEXT)))).isFalse();
        assertThat(node.messages()).containsExactly("There is no column \"gone\".");
    }

    @Test
    void executesWarnsAndShowsWhatItKept() throws InvalidSettingsException {
        BufferedDataTable lengths =
                (BufferedDataTable) execute(End.WELL).orElseThrow().get(0);

        assertThat(lengths)
                .extracting(row -> row.getCell(1))
                .containsExactly(new IntCell(0), new IntCell(1), new IntCell(2));
        assertThat(node.messages()).containsExactly("3 texts");
        assertThat(node.kept()).hasSize(1);
        assertThat(node.viewData()).contains("{\"result\":{\"sizes\":[3]}}");
    }

    /** As in KNIME, where the view of a node on a branch that was not executed gets null. */
    @Test
    void aViewGetsNullWhereNothingWasKept() {
        assertThat(node.viewData()).contains("{\"result\":{\"kept\":false}}");
    }

    @Test
    void aViewWhoseDataCannotBeMadeSaysWhy() {
        String json = ViewData.json(() -> {
            throw new IllegalStateException("no data");
        });

        assertThat(json)
                .startsWith("{\"internalError\":{\"message\":\"no data\",\"typeName\":"
                        + "\"java.lang.IllegalStateException\",\"stackTrace\":[\"");
        assertThat(ViewData.json(() -> "[1, 2]")).isEqualTo("{\"result\":[1,2]}");
        assertThat(ViewData.json(() -> "no JSON")).isEqualTo("{\"result\":\"no JSON\"}");
    }

    @Test
    void anEmptyTableIsAWarning() throws InvalidSettingsException {
        assertThat(execute(End.EMPTY)).isPresent();
        assertThat(node.messages()).containsExactly("The output table has no rows.");
    }

    @Test
    void failuresBecomeMessages() throws InvalidSettingsException {
        assertThat(execute(End.REFUSED)).isEmpty();
        assertThat(node.messages()).containsExactly("There is no model.");
        assertThat(node.kept()).isEmpty();
        assertThat(execute(End.FAILED)).isEmpty();
        assertThat(node.messages()).containsExactly("Execute failed: out of luck");
        assertThat(execute(End.NULL_POINTER)).isEmpty();
        assertThat(node.messages()).containsExactly("Execute failed: (\"NullPointerException\"): null");
        assertThat(execute(End.WITHOUT_RESULT)).isEmpty();
        assertThat(node.messages()).last().asString().contains("no data at output port 1");
    }

    @Test
    void aCancelledNodeKeepsWhatItHadAndSaysNoError() throws InvalidSettingsException {
        AtomicReference<Progress> running = new AtomicReference<>();
        running.set(new Progress((fraction, message) -> running.get().cancel()));
        node.configure(List.of(texts().getSpec()));

        assertThat(node.execute(List.of(texts()), new ExecutionContext(running.get(), new FileStores(folder))))
                .isEmpty();

        assertThat(node.messages()).containsExactly("3 texts");
        assertThat(node.kept()).hasSize(1);
        progress.cancel();
        assertThat(execute(End.WELL)).isEmpty();
        assertThat(node.kept()).isEmpty();
    }

    @Test
    void anInputOfAnotherTypeIsNamed() {
        assertThat(node.configure(List.of(() -> null))).isFalse();
        assertThat(node.messages()).singleElement().asString().contains("Input port 1 takes Data Table");
    }

    @Test
    void findsTheFilesOfItsPage() throws Exception {
        Page page = definition.view().orElseThrow().page();

        assertThat(page.getRelativePath()).isEqualTo("view.html");
        assertThat(new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("lib/draw.js");
        assertThat(page.getResource("lib/draw.js").orElseThrow().getInputStream())
                .hasContent("draw();");
        assertThat(page.getResource("lib/other.js")).isEmpty();
    }
}
