package org.realm4knime.headless.node;

import java.nio.file.Path;
import java.util.List;
import org.knime.core.node.NodeSettings;
import org.realm4knime.headless.workflow.SettingOverride;
import org.realm4knime.headless.workflow.SettingsTree;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowNode;
import org.realm4knime.headless.workflow.WorkflowReader;

/**
 * Reads workflows with all settings that their nodes have today. One that was written before a setting existed gets its
 * default, as KNIME does when it loads the node; so every setting can be seen, changed and saved.
 */
public final class CompleteSettings {

    private CompleteSettings() {}

    /**
     * @param folder of the workflow
     * @param registry knows the nodes
     * @param overrides settings as given on the command line, see {@link SettingOverride}
     * @return the workflow
     * @throws WorkflowException if it cannot be read, or an override does not fit it
     */
    public static Workflow read(Path folder, NodeRegistry registry, List<String> overrides) throws WorkflowException {
        Workflow workflow = WorkflowReader.read(folder);
        for (WorkflowNode node : workflow.nodes()) {
            if (registry.find(node.factory()).isPresent()) {
                NodeSettings defaults = registry.definition(node.factory()).defaultParameters();
                node.settings().addNodeSettings(SettingsTree.withDefaults(node.parameters(), defaults));
            }
        }
        for (String text : overrides) {
            SettingOverride.parse(text, workflow).apply(workflow);
        }
        return workflow;
    }
}
