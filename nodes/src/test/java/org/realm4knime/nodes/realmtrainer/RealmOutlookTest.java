package org.realm4knime.nodes.realmtrainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.widget.message.TextMessage;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.testing.Dialog;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;

class RealmOutlookTest {

    private static final List<PortType> PORTS =
            List.of(LanguageModelPortObject.TYPE, BufferedDataTable.TYPE, BufferedDataTable.TYPE);

    @Test
    void saysHowOftenEachProblemIsDrawnOnceTheProblemsAreThere(@TempDir Path folder) {
        RealmTrainerNodeParameters parameters = new RealmTrainerNodeParameters();
        parameters.steps = 100;
        parameters.promptsPerStep = 4;
        parameters.groupSize = 8;
        try (NodeRunner workflow = new NodeRunner(folder)) {
            BufferedDataTable problems = Tables.of(
                    workflow.node(new RealmTrainerNodeFactory()).exec(),
                    List.of("question"),
                    Collections.nCopies(300, List.of("What is 1 + 1?")));

            Optional<TextMessage.Message> shown =
                    new Dialog(parameters).shows(new RealmOutlook(), PORTS, null, problems, null);

            assertThat(shown.orElseThrow().description())
                    .isEqualTo("32 completions a step, 3,200 in all. Each of the 300 problems is drawn about 1.3 times."
                            + " Execute the nodes before this one to see more.");
        }
    }
}
