package org.realm4knime.engine.grpo;

import java.util.Objects;
import org.realm4knime.engine.Settings;

/**
 * How what help taught is carried over to the prompt without it.
 *
 * @param kind what is learned
 * @param weight weight of its loss; 0 is off
 * @param learningRate its learning rate: its loss is part of the step's, times this / the optimizer's learning rate
 */
public record InternalisationSettings(InternalisationKind kind, double weight, double learningRate) {

    /** Right solutions, at twice the usual learning rate. */
    public static final InternalisationSettings DEFAULT =
            new InternalisationSettings(InternalisationKind.SOLUTIONS, 1, 2e-5);

    /** Checks the values. */
    public InternalisationSettings {
        Objects.requireNonNull(kind, "kind");
        Settings.requireNotNegative(weight, "Internalisation weight");
        Settings.requireNotNegative(learningRate, "Internalisation learning rate");
    }

    /** Of another kind. */
    public InternalisationSettings withKind(InternalisationKind other) {
        return new InternalisationSettings(other, weight, learningRate);
    }

    /** Of another weight; 0 for none. */
    public InternalisationSettings withWeight(double other) {
        return new InternalisationSettings(kind, other, learningRate);
    }

    /** Of another learning rate. */
    public InternalisationSettings withLearningRate(double other) {
        return new InternalisationSettings(kind, weight, other);
    }

    /** Whether the model teaches itself. */
    boolean distils() {
        return weight > 0 && kind != InternalisationKind.SOLUTIONS;
    }
}
