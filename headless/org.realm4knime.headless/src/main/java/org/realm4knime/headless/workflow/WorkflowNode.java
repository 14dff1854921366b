package org.realm4knime.headless.workflow;

import java.util.Objects;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

/** A node of a workflow as it lies on disk: its place in {@code workflow.knime} and its {@code settings.xml}. */
public final class WorkflowNode {

    /** Key of the parameters in {@code settings.xml}. */
    static final String MODEL = "model";

    /** Key of the view's parameters in {@code settings.xml}. */
    static final String VIEW = "view";

    private final int id;
    private final NodeSettings entry;
    private final NodeSettings settings;

    /**
     * @param id number of the node in its workflow, unique
     * @param entry what workflow.knime holds about the node: settings file, kind, position
     * @param settings content of the node's settings.xml; changed in place by overrides
     */
    public WorkflowNode(int id, NodeSettings entry, NodeSettings settings) {
        this.id = id;
        this.entry = entry;
        this.settings = settings;
    }

    /** @return number of the node in its workflow */
    public int id() {
        return id;
    }

    /** @return what workflow.knime holds about the node */
    public NodeSettings entry() {
        return entry;
    }

    /** @return content of settings.xml, live */
    public NodeSettings settings() {
        return settings;
    }

    /** @return class name of the node's factory */
    public String factory() {
        return Objects.requireNonNullElse(settings.getString("factory", ""), "");
    }

    /** @return the node's name in the node repository, the same for all nodes of that kind */
    public String name() {
        String name = settings.getString("node-name", null);
        return name != null ? name : Objects.requireNonNullElse(settings.getString("name", "Node"), "Node");
    }

    /** @return name and number, as KNIME's log prints them: {@code Route Verifier (MRPV) (#7)} */
    public String displayName() {
        return name() + " (#" + id + ")";
    }

    /** @return the first line of the text under the node on the canvas, if somebody wrote one */
    public Optional<String> label() {
        return annotation()
                .map(text -> text.strip().lines().findFirst().orElse(""))
                .filter(line -> !line.isBlank());
    }

    /** @return the longer description of the node that its author wrote, if any */
    public Optional<String> description() {
        return Optional.ofNullable(settings.getString("customDescription", null))
                .filter(text -> !text.isBlank());
    }

    /** @return the node's parameters, live; empty when the node has none */
    public NodeSettings parameters() {
        return child(MODEL);
    }

    /** @return the parameters of the node's view, live; empty when it has none */
    public NodeSettings viewParameters() {
        return child(VIEW);
    }

    private NodeSettings child(String key) {
        try {
            return settings.containsKey(key) ? settings.getNodeSettings(key) : new NodeSettings(key);
        } catch (InvalidSettingsException e) {
            return new NodeSettings(key);
        }
    }

    private Optional<String> annotation() {
        try {
            return settings.containsKey("nodeAnnotation")
                    ? Optional.ofNullable(
                            settings.getNodeSettings("nodeAnnotation").getString("text", null))
                    : Optional.empty();
        } catch (InvalidSettingsException e) {
            return Optional.empty();
        }
    }

    /** @return left edge, top edge, width and height on the canvas in pixels; the last two may be -1 */
    public int[] bounds() {
        int[] none = {0, 0, -1, -1};
        try {
            int[] bounds = entry.containsKey("ui_settings")
                    ? entry.getNodeSettings("ui_settings").getIntArray("extrainfo.node.bounds", none)
                    : none;
            return bounds.length == none.length ? bounds : none;
        } catch (InvalidSettingsException e) {
            return none;
        }
    }

    @Override
    public String toString() {
        return displayName();
    }
}
