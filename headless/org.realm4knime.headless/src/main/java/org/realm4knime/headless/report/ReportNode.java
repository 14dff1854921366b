package org.realm4knime.headless.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeSettings;
import org.realm4knime.headless.run.NodeOutput;
import org.realm4knime.headless.run.NodeResult;
import org.realm4knime.headless.run.NodeState;
import org.realm4knime.headless.run.Wording;
import org.realm4knime.headless.workflow.SettingsTree;

/** What the report's template shows of a node. */
public final class ReportNode {

    private static final int PREVIEW_ROWS = 8;
    private static final int PREVIEW_CHARACTERS = 240;
    private static final int BOX_CHARACTERS = 25;

    private final NodeResult result;

    /**
     * A setting.
     *
     * @param key its path
     * @param value in text form
     */
    public record Setting(String key, String value) {}

    /**
     * An output.
     *
     * @param name of the port
     * @param size what it holds, in short
     * @param file the CSV file, relative to the report; empty if it is no table
     * @param columns of a table
     * @param rows the first rows of a table
     */
    public record Output(String name, String size, String file, List<String> columns, List<List<String>> rows) {}

    ReportNode(NodeResult result) {
        this.result = result;
    }

    /** @return number of the node */
    public int getId() {
        return result.node().id();
    }

    /** @return name and number */
    public String getName() {
        return result.node().displayName();
    }

    /** @return the text under the node; may be empty */
    public String getLabel() {
        return result.node().label().orElse("");
    }

    /** @return the name, cut to fit a box of the drawing */
    public String getBoxName() {
        return cut(result.node().name(), BOX_CHARACTERS);
    }

    /** @return number and label, cut to fit a box of the drawing */
    public String getBoxLabel() {
        return cut("#" + getId() + " " + getLabel(), BOX_CHARACTERS);
    }

    /** @return what its author wrote about it; may be empty */
    public String getDescription() {
        return result.node().description().orElse("");
    }

    /** @return the state in words */
    public String getState() {
        return result.state().text();
    }

    /** @return the style of the state: good, warn, bad or plain */
    public String getStateClass() {
        if (result.state().hasResults()) {
            return result.messages().isEmpty() ? "good" : "warn";
        }
        return result.state() == NodeState.FAILED ? "bad" : "plain";
    }

    /** @return how long it ran; empty if it did not */
    public String getTime() {
        return result.state() == NodeState.NOT_RUN ? "" : Wording.time(result.time());
    }

    /** @return its messages */
    public List<String> getMessages() {
        return result.messages();
    }

    /** @return whether it has a view to show */
    public boolean isHasView() {
        return result.view().isPresent();
    }

    /** @return its settings, those of the view last */
    public List<Setting> getSettings() {
        return Stream.of(result.node().parameters(), result.node().viewParameters())
                .flatMap(ReportNode::settings)
                .toList();
    }

    private static Stream<Setting> settings(NodeSettings tree) {
        return SettingsTree.leaves(tree).stream().map(key -> new Setting(key, SettingsTree.get(tree, key)));
    }

    /** @return how much its outputs hold, in one line */
    public String getSizes() {
        return Wording.sizes(result.outputs());
    }

    /** @return its outputs */
    public List<Output> getOutputs() {
        return result.outputs().stream().map(this::output).toList();
    }

    private Output output(NodeOutput output) {
        if (!(output.object() instanceof BufferedDataTable table)) {
            return new Output(output.name(), Wording.size(output), "", List.of(), List.of());
        }
        List<List<String>> rows = new ArrayList<>();
        for (DataRow row : table) {
            if (rows.size() == PREVIEW_ROWS) {
                break;
            }
            rows.add(row.stream().map(ReportNode::preview).toList());
        }
        return new Output(
                output.name(),
                Wording.size(output),
                "tables/" + CsvTables.fileName(result.node(), output),
                List.of(table.getDataTableSpec().getColumnNames()),
                rows);
    }

    private static String preview(DataCell cell) {
        return cell.isMissing() ? "" : cut(cell.toString(), PREVIEW_CHARACTERS);
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length - 1) + "…" : text;
    }
}
