package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.torch.TensorScope;

/** The TorchScript of loss.py, rows.py and train.py in float64, called with three completions of two prompts. */
final class TrainProgramCalls implements AutoCloseable {

    static final double TEMPERATURE = 0.7;
    static final double LOW = 0.2;
    static final double HIGH = 0.3;
    static final double KL = 0.05;

    // two completions of one prompt and one of another: six trained tokens
    static final List<TrainingSequence> SEQUENCES = List.of(
            TrainingSequence.taught(new int[] {2, 12, 4, 14}, new int[] {13, 6}, 0.2),
            TrainingSequence.taught(new int[] {7, 12, 2}, new int[] {14, 13, 9}, 0.1),
            TrainingSequence.taught(new int[] {2, 12, 4, 14}, new int[] {5}, 0.3));
    static final long[] TARGETS = {13, 6, 14, 13, 9, 5};
    static final double[] SCALE = {0.2, 0.2, 0.1, 0.1, 0.1, 0.3};
    static final double[] ADVANTAGE = {1, 1, -0.5, -0.5, -0.5, 0.8};

    /** How the sequences are laid out, and whether activations are kept. */
    enum Way {
        PLAIN(false),
        SHARED(false),
        PLAIN_SAVING_MEMORY(true),
        SHARED_SAVING_MEMORY(true);

        final boolean saveMemory;

        Way(boolean saveMemory) {
            this.saveMemory = saveMemory;
        }

        private MicroBatch batch() {
            return this == PLAIN || this == PLAIN_SAVING_MEMORY
                    ? MicroBatch.plain(SEQUENCES, 0)
                    : MicroBatch.shared(SEQUENCES, 0);
        }
    }

    private final TensorScope scope = new TensorScope();
    private final DecoderConfig config;
    private final List<NDArray> parameters = new ArrayList<>();
    private final NDArray rope;
    private DecoderProgram program;

    TrainProgramCalls(Path folder) {
        try (LanguageModel model = TinyModels.micro(folder, 3)) {
            config = model.config();
            program = DecoderProgram.load(config, Map.of(), ModelUpdater.SOURCES);
            rope = program.rope(scope, 8);
            for (NDArray tensor : model.tensors()) {
                // larger than at the start of training, so that nothing is close to linear
                parameters.add(scope.keep(tensor.toType(DataType.FLOAT64, true)
                        .mul(tensor.getShape().dimension() > 1 ? 15 : 1)));
            }
        }
    }

    /** Goes on with room for the logits of so many tokens at a time. */
    void limitLogits(int rows) {
        program.close();
        program = DecoderProgram.load(config, Map.of("logit_rows", rows), ModelUpdater.SOURCES);
    }

    List<NDArray> parameters() {
        return parameters;
    }

    @Override
    public void close() {
        program.close();
        scope.close();
    }

    static double[] figures(List<NDArray> result) {
        return result.get(0).toDoubleArray();
    }

    static List<NDArray> gradients(List<NDArray> result) {
        return result.subList(1, result.size());
    }

    List<NDArray> supervised(Way way) {
        return supervised(way, SCALE);
    }

    List<NDArray> supervised(Way way, double[] scale) {
        return supervised(way, scale, GradientMemory.none(scope, parameters));
    }

    List<NDArray> supervised(Way way, double[] scale, List<NDArray> into) {
        return gradients(way, Map.of("cross_entropy", doubles(scale, scale.length)), 1, into);
    }

    /** With a teacher: its share in the loss of each token [6], its states [6, e] and output projection [V, e]. */
    List<NDArray> distilled(Way way, double[] share, double[] states, double[] head) {
        int size = states.length / TARGETS.length;
        Map<String, NDArray> terms = Map.of(
                "cross_entropy", doubles(SCALE, SCALE.length),
                "teacher_share", doubles(share, TARGETS.length),
                "teacher_states", doubles(states, TARGETS.length, size),
                "teacher_head", doubles(head, head.length / size, size));
        return gradients(way, terms, 1, GradientMemory.none(scope, parameters));
    }

    private List<NDArray> gradients(Way way, Map<String, NDArray> terms, double temperature, List<NDArray> into) {
        MicroBatch.Tensors tensors = way.batch().tensors(scope);
        return program.call(
                scope,
                "gradients",
                parameters,
                tensors.rows(),
                tensors.positions(),
                tensors.targets(),
                terms,
                temperature,
                rope,
                way.saveMemory,
                into);
    }

    int vocabSize() {
        return config.vocabSize();
    }

    List<NDArray> policy(Way way, double[] old, double[] reference, double klCoefficient) {
        return policy(way, old, reference, klCoefficient, new double[TARGETS.length]);
    }

    List<NDArray> policy(Way way, double[] old, double[] reference, double klCoefficient, double[] shaping) {
        double[] divergence = new double[TARGETS.length];
        Arrays.fill(divergence, klCoefficient);
        return policy(way, old, reference, divergence, shaping);
    }

    List<NDArray> policy(Way way, double[] old, double[] reference, double[] divergence, double[] shaping) {
        Map<String, NDArray> terms = policyTerms(SCALE, old, shaping);
        terms.put("reference_log_p", doubles(reference, reference.length));
        terms.put("divergence", doubles(divergence, divergence.length));
        return gradients(way, terms, TEMPERATURE, GradientMemory.none(scope, parameters));
    }

    /**
     * Cross-entropy and policy loss without divergence in one call.
     *
     * @param crossEntropy weight of each token [6]; null to leave this loss out
     * @param policy weight of each token [6]; null to leave this loss out
     */
    List<NDArray> mixed(Way way, double[] crossEntropy, double[] policy, double[] old) {
        Map<String, NDArray> terms =
                policy == null ? new LinkedHashMap<>() : policyTerms(policy, old, new double[TARGETS.length]);
        if (crossEntropy != null) {
            terms.put("cross_entropy", doubles(crossEntropy, crossEntropy.length));
        }
        return gradients(way, terms, TEMPERATURE, GradientMemory.none(scope, parameters));
    }

    private Map<String, NDArray> policyTerms(double[] weight, double[] old, double[] shaping) {
        Map<String, NDArray> terms = new LinkedHashMap<>();
        terms.put("policy", doubles(weight, weight.length));
        terms.put("advantage", doubles(ADVANTAGE, ADVANTAGE.length));
        terms.put("old_log_p", doubles(old, old.length));
        terms.put("shaping", doubles(shaping, shaping.length));
        terms.put("clip_low", doubles(new double[] {LOW}));
        terms.put("clip_high", doubles(new double[] {HIGH}));
        return terms;
    }

    double[] logProbs(long token) {
        return logProbs(new long[] {token, token, token, token, token, token}, 1);
    }

    double[] logProbs(long[] targets, double temperature) {
        try (TensorScope call = new TensorScope()) {
            MicroBatch.Tensors tensors = Way.PLAIN.batch().tensors(call);
            return program.call(
                            call,
                            "token_log_probs",
                            parameters,
                            tensors.rows(),
                            tensors.positions(),
                            call.longs(targets, targets.length),
                            rope,
                            temperature)
                    .get(0)
                    .toDoubleArray();
        }
    }

    double[] shifted(double[] shifts) {
        double[] logProbs = logProbs(TARGETS, TEMPERATURE);
        for (int i = 0; i < shifts.length; i++) {
            logProbs[i] += shifts[i];
        }
        return logProbs;
    }

    private NDArray doubles(double[] values, long... shape) {
        return scope.manager().create(values, new Shape(shape));
    }
}
