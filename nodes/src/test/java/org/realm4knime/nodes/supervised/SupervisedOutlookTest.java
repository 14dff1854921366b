package org.realm4knime.nodes.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.widget.message.TextMessage;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.testing.Dialog;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;

class SupervisedOutlookTest {

    private static final List<PortType> PORTS = List.of(LanguageModelPortObject.TYPE, BufferedDataTable.TYPE);

    @TempDir
    Path folder;

    private final SupervisedTrainerNodeParameters parameters = new SupervisedTrainerNodeParameters();

    private String text(PortObject... inputs) {
        Optional<TextMessage.Message> shown = new Dialog(parameters).shows(new SupervisedOutlook(), PORTS, inputs);
        return shown.orElseThrow().description();
    }

    @Test
    void beforeTheInputsAreThereItSaysWhatTheSettingsAloneComeTo() {
        parameters.steps = 50;
        parameters.batchSize = 30;

        assertThat(text(null, null)).isEqualTo("1,500 examples in all. Execute the nodes before this one to see more.");
    }

    @Test
    void withTheInputsItSaysHowOftenEachExampleIsSeenAndWhatMemoryItTakes() throws Exception {
        parameters.steps = 50;
        parameters.batchSize = 30;
        try (NodeRunner workflow = new NodeRunner(folder)) {
            BufferedDataTable examples = Tables.of(
                    workflow.node(new SupervisedTrainerNodeFactory()).exec(),
                    List.of("prompt"),
                    Collections.nCopies(200, List.of("What is 1 + 1?")));

            assertThat(text(Models.untrained(workflow, "base", 1), examples))
                    .matches("1,500 examples in all\\. Each of the 200 examples is seen 7\\.5 times;"
                            + " an epoch is 6\\.7 steps\\. It takes about \\d\\.\\d GB of memory beside the model"
                            + " with texts of 256 tokens, \\d\\.\\d GB with 1024\\.");
        }
    }
}
