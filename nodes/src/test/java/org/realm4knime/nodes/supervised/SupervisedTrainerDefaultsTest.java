package org.realm4knime.nodes.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.realm4knime.engine.supervised.SupervisedSettings;

class SupervisedTrainerDefaultsTest {

    @Test
    void theDialogBeginsWithTheDefaultsOfTheEngine() {
        SupervisedSettings dialog = new SupervisedTrainerNodeParameters().settings(true, null);

        assertThat(dialog.withRun(dialog.run().withoutCheckpoints())).isEqualTo(SupervisedSettings.DEFAULT);
    }
}
