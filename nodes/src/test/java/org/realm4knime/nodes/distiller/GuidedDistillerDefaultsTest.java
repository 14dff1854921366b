package org.realm4knime.nodes.distiller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.update.UsualRates;

class GuidedDistillerDefaultsTest {

    @Test
    void theStudentIsTrainedWithTheDefaultsOfTheEngine() {
        UsualRates rates = new UsualRates(SupervisedSettings.DEFAULT.optimizer().learningRate(), 1, 1);

        SupervisedSettings training =
                new GuidedDistillerNodeParameters().settings(true, rates, null).training();

        assertThat(training.withRun(training.run().withoutCheckpoints())).isEqualTo(SupervisedSettings.DEFAULT);
    }
}
