package org.realm4knime.engine.generate;

import java.util.Objects;

/**
 * A prompt that is to be completed as soon as there is a place.
 *
 * @param model the model
 * @param prompt tokens of the prompt
 * @param samples completions, at least 1; sample i is drawn with the settings' seed + i
 * @param settings how to draw
 */
public record LiveRequest(PackedModel model, int[] prompt, int samples, SamplingSettings settings) {

    /** Checks the number of samples. */
    public LiveRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(settings, "settings");
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1: " + samples);
        }
    }

    /** The same of another model. */
    public LiveRequest with(PackedModel other) {
        return new LiveRequest(other, prompt, samples, settings);
    }

    /** Whether the tokens of both can be drawn together. */
    boolean goesWith(LiveRequest other) {
        SamplingSettings one = settings;
        SamplingSettings two = other.settings;
        return model.equals(other.model)
                && one.temperature() == two.temperature()
                && one.topK() == two.topK()
                && one.topP() == two.topP()
                && one.minP() == two.minP();
    }
}
