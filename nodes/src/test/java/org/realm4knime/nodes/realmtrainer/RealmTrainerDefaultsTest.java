package org.realm4knime.nodes.realmtrainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.realm4knime.engine.grpo.GrpoSettings;

class RealmTrainerDefaultsTest {

    @Test
    void theDialogBeginsWithTheDefaultsOfTheEngine() {
        GrpoSettings dialog = new RealmTrainerNodeParameters().settings(null);

        assertThat(dialog.withRun(dialog.run().withoutCheckpoints())).isEqualTo(GrpoSettings.DEFAULT);
    }
}
