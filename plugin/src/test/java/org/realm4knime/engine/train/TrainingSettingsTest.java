package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.realm4knime.engine.EngineException;

class TrainingSettingsTest {

    @Test
    void sayWhatIsWrongAndWhatToGive() {
        assertThatThrownBy(() -> GrpoSettings.builder().groupSize(1).build())
                .isInstanceOf(EngineException.class)
                .hasMessage("Group size is 1. Give a whole number of at least 2.");
        assertThatThrownBy(() -> OptimizerSettings.of(-1))
                .isInstanceOf(EngineException.class)
                .hasMessage("Learning rate is -1.0. Give a number above 0.");
        assertThatThrownBy(() -> new SupervisedExample("a", "b", Double.NaN))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("weight");
        assertThatThrownBy(() -> GrpoSettings.builder()
                        .outcomeWeight(0)
                        .processWeight(0)
                        .formatWeight(0)
                        .build())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("reward weights");
    }

    @Test
    void keepAllValuesOnTheWayThroughTheBuilder() {
        GrpoSettings settings = GrpoSettings.builder()
                .steps(7)
                .clipHigh(0.4)
                .loss(LossKind.CONSTANT)
                .seed(9)
                .fadeRules(0.5)
                .build();

        assertThat(settings.toBuilder().build()).isEqualTo(settings);
    }

    @Test
    void durationsReadWell() {
        assertThat(TrainingLoop.duration(8.4)).isEqualTo("8 s");
        assertThat(TrainingLoop.duration(200)).isEqualTo("3 min 20 s");
        assertThat(TrainingLoop.duration(7500)).isEqualTo("2 h 5 min");
    }
}
