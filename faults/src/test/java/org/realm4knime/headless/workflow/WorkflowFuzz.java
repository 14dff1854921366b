package org.realm4knime.headless.workflow;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.realm4knime.faults.Declared;
import org.realm4knime.faults.Scratch;

/** workflow.knime with the settings of a node. The input's first byte says which of the two it is. */
public final class WorkflowFuzz {

    private static final Scratch SCRATCH = new Scratch();
    private static final String WORKFLOW = WorkflowReader.WORKFLOW_FILE;
    private static final String SETTINGS = "settings.xml";

    @FuzzTest
    void file(byte[] data) {
        read(data);
    }

    /** Reads a workflow, and its nodes' settings as text. */
    public static void read(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] content = Arrays.copyOfRange(data, 1, data.length);
        boolean settings = data[0] % 2 == 0;
        SCRATCH.write(settings ? SETTINGS : WORKFLOW, content);
        Declared.only(
                data,
                () -> {
                    if (settings) {
                        SettingsTree.leaves(SettingsXml.read(SCRATCH.folder().resolve(SETTINGS)));
                    } else {
                        WorkflowReader.read(SCRATCH.folder())
                                .nodes()
                                .forEach(node -> SettingsTree.leaves(node.parameters()));
                    }
                },
                WorkflowException.class);
    }
}
