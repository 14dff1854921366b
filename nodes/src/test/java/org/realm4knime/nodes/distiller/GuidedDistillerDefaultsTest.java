package org.realm4knime.nodes.distiller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.realm4knime.engine.supervised.SupervisedSettings;

class GuidedDistillerDefaultsTest {

    @Test
    void theStudentIsTrainedWithTheDefaultsOfTheEngine() {
        SupervisedSettings training =
                new GuidedDistillerNodeParameters().settings(true, null).training();

        assertThat(training.withRun(training.run().withoutCheckpoints())).isEqualTo(SupervisedSettings.DEFAULT);
    }
}
