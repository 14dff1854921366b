package org.realm4knime.nodes.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.widget.message.TextMessage;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.testing.Dialog;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;
import org.realm4knime.standin.node.ParametersStore;

class SupervisedOutlookTest extends WorkflowTest {

    private static final List<PortType> PORTS = List.of(LanguageModelPortObject.TYPE, BufferedDataTable.TYPE);

    /** The text where the settings are 50 steps or 3 epochs in batches of 30. */
    private static String text(String unit, PortObject... inputs) throws InvalidSettingsException {
        NodeSettings settings = new NodeSettings("model");
        ParametersStore.save(new SupervisedTrainerNodeParameters(), settings);
        settings.addInt("steps", 50);
        settings.addInt("batchSize", 30);
        settings.getNodeSettings("length").addString("unit", unit);
        Dialog dialog = new Dialog(ParametersStore.load(SupervisedTrainerNodeParameters.class, settings));
        Optional<TextMessage.Message> shown = dialog.shows(new SupervisedOutlook(), PORTS, inputs);
        return shown.orElseThrow().description();
    }

    private BufferedDataTable examples() {
        return Tables.of(exec, List.of("prompt"), Collections.nCopies(200, List.of("What is 1 + 1?")));
    }

    @Test
    void beforeTheInputsAreThereItSaysWhatTheSettingsAloneComeTo() throws Exception {
        assertThat(text("STEPS", null, null))
                .isEqualTo("1,500 examples in all. Execute the nodes before this one to see more.");
        assertThat(text("EPOCHS", null, null)).isEqualTo("Execute the nodes before this one to see more.");
    }

    @Test
    void withTheInputsItSaysHowOftenEachExampleIsSeenAndWhatMemoryItTakes() throws Exception {
        assertThat(text("STEPS", Models.untrained(workflow, "base", 1), examples()))
                .matches("1,500 examples in all\\. Each of the 200 examples is seen 7\\.5 times; an epoch is 6\\.7"
                        + " steps\\. It takes about \\d\\.\\d GB of memory beside the model with texts of 256 tokens,"
                        + " \\d\\.\\d GB with 1024\\.");
    }

    @Test
    void epochsAreSaidInSteps() throws Exception {
        assertThat(text("EPOCHS", null, examples()))
                .isEqualTo("With 200 examples this is 20 steps. Execute the nodes before this one to see more.");
    }
}
