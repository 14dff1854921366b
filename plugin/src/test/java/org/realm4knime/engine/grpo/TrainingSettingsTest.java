package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.update.OptimizerSettings;

class TrainingSettingsTest {

    @Test
    void sayWhatIsWrongAndWhatToGive() {
        assertThatThrownBy(() -> RolloutSettings.DEFAULT.withGroups(8, 1))
                .isInstanceOf(EngineException.class)
                .hasMessage("Group size is 1. Give a whole number of at least 2.");
        assertThatThrownBy(() -> OptimizerSettings.of(-1))
                .isInstanceOf(EngineException.class)
                .hasMessage("Learning rate is -1.0. Give a number above 0.");
        assertThatThrownBy(() -> new SupervisedExample("a", "b", Double.NaN))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("weight");
        assertThatThrownBy(() -> RewardSettings.DEFAULT.withWeights(0, 0, 0))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("reward weights");
    }
}
