package org.realm4knime.nodes.realmtrainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.realm4knime.engine.grpo.GrpoSettings;
import org.realm4knime.engine.update.UsualRates;

class RealmTrainerDefaultsTest {

    private static final UsualRates ENGINE = new UsualRates(
            1,
            GrpoSettings.DEFAULT.optimizer().learningRate(),
            GrpoSettings.DEFAULT.teaching().internalisation().learningRate());

    @Test
    void theDialogBeginsWithTheDefaultsOfTheEngine() {
        GrpoSettings dialog = new RealmTrainerNodeParameters().settings(ENGINE, null);

        assertThat(dialog.withRun(dialog.run().withoutCheckpoints())).isEqualTo(GrpoSettings.DEFAULT);
    }

    @Test
    void internalisationGoesByTheLearningRateThatIsSet() {
        RealmTrainerNodeParameters parameters = new RealmTrainerNodeParameters();
        parameters.learningRate = 3e-6;
        UsualRates usual = UsualRates.of(900_000, false, false);

        GrpoSettings settings = parameters.settings(usual, null);

        assertThat(settings.optimizer().learningRate()).isEqualTo(3e-6);
        assertThat(settings.teaching().internalisation().learningRate()).isEqualTo(1.5e-6, within(1e-12));
    }

    @Test
    void ratesThatAreSetStand() {
        RealmTrainerNodeParameters parameters = new RealmTrainerNodeParameters();
        parameters.learningRate = 3e-6;
        parameters.internalisationLearningRate = 7e-6;

        GrpoSettings settings = parameters.settings(UsualRates.of(900_000, false, false), null);

        assertThat(settings.optimizer().learningRate()).isEqualTo(3e-6);
        assertThat(settings.teaching().internalisation().learningRate()).isEqualTo(7e-6);
    }
}
