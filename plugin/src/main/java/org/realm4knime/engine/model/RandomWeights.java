package org.realm4knime.engine.model;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.realm4knime.engine.torch.TensorScope;

/**
 * Start values of a new decoder: normal with standard deviation 0.02 (0.05 for hidden sizes up to 128, where 0.02
 * learns slowly), divided by sqrt(2 L) for the projections that add to the residual stream (GPT-2); norms 1, biases 0.
 * Adapters: A uniform in +-1 / sqrt(inputs), B 0, as PEFT begins.
 *
 * <p>Drawn in Java, so that a seed means the same weights on every device and with every version of the native library.
 */
final class RandomWeights {

    private static final int SMALL = 128;

    private final double deviation;
    private final double outputDeviation;
    private final SplittableRandom random;

    RandomWeights(DecoderConfig config, long seed) {
        deviation = config.hiddenSize() <= SMALL ? 0.05 : 0.02;
        outputDeviation = deviation / Math.sqrt(2.0 * config.layers());
        random = new SplittableRandom(seed);
    }

    List<NDArray> create(List<Parameter> parameters, TensorScope scope) {
        return parameters.stream()
                .map(p -> scope.floats(values(p), p.dimensions()))
                .toList();
    }

    private float[] values(Parameter parameter) {
        float[] values = new float[Math.toIntExact(parameter.size())];
        switch (parameter.role()) {
            case NORM -> Arrays.fill(values, 1);
            case BIAS, ADAPTER_UP -> Arrays.fill(values, 0);
            case EMBEDDING, INPUT_PROJECTION -> fillNormal(values, deviation);
            case OUTPUT_PROJECTION -> fillNormal(values, outputDeviation);
            case ADAPTER_DOWN ->
                fillUniform(values, 1 / Math.sqrt(parameter.shape().get(1)));
        }
        return values;
    }

    private void fillUniform(float[] values, double bound) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
    }

    private void fillNormal(float[] values, double standardDeviation) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (standardDeviation * random.nextGaussian());
        }
    }
}
