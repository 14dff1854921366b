package org.realm4knime.nodes.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.update.UsualRates;

class SupervisedTrainerDefaultsTest {

    @Test
    void theDialogBeginsWithTheDefaultsOfTheEngine() {
        UsualRates rates = new UsualRates(SupervisedSettings.DEFAULT.optimizer().learningRate(), 1, 1);

        SupervisedSettings dialog = new SupervisedTrainerNodeParameters().settings(true, rates, null);

        assertThat(dialog.withRun(dialog.run().withoutCheckpoints())).isEqualTo(SupervisedSettings.DEFAULT);
    }
}
