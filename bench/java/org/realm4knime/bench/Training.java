package org.realm4knime.bench;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraSettings;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.train.RunSettings;
import org.realm4knime.engine.update.LearningRateDecay;
import org.realm4knime.engine.update.OptimizerSettings;

/** Supervised training steps: forward and backward pass, clipping, AdamW. */
final class Training {

    private Training() {}

    /**
     * Times steps in which every token of a batch of equally long texts is trained.
     *
     * @param request {@code folder}, {@code batch}, {@code length} in tokens, {@code warmup} and {@code steps}; {@code
     *     rank} of a LoRA adapter, if not all weights are trained
     * @return {@code seconds} of each step
     */
    static Object measure(JsonObject request) throws CanceledJobException {
        int length = Models.integer(request, "length");
        int warmUp = Models.integer(request, "warmup");
        StepClock clock = new StepClock(step -> {});
        train(request, warmUp + Models.integer(request, "steps"), () -> length, clock);
        return Map.of("seconds", clock.secondsAfter(warmUp));
    }

    /**
     * Watches the resident memory over many steps with texts of different lengths.
     *
     * @param request {@code folder}, {@code batch}, {@code steps}, {@code length}: the longest text, {@code every}:
     *     steps between samples
     * @return {@code samples}: step and megabytes
     */
    static Object watchMemory(JsonObject request) throws CanceledJobException {
        ResidentMemory memory = new ResidentMemory(Models.integer(request, "every"));
        Random random = new Random(2);
        int longest = Models.integer(request, "length");
        train(
                request,
                Models.integer(request, "steps"),
                () -> random.nextInt(longest / 8, longest + 1),
                new StepClock(memory::afterStep));
        return Map.of("samples", memory.samples());
    }

    private static void train(JsonObject request, int steps, IntSupplier length, StepClock clock)
            throws CanceledJobException {
        int batch = Models.integer(request, "batch");
        Random random = new Random(1);
        try (LanguageModel model = Models.read(request)) {
            // a prompt of one token, which is not trained; the end token is trained and not read: `length` of each
            List<SupervisedExample> examples = IntStream.range(0, 16 * batch)
                    .mapToObj(i -> SupervisedExample.of(
                            Models.text(model, 1, random), Models.text(model, length.getAsInt() - 1, random)))
                    .toList();
            SupervisedSettings settings = new SupervisedSettings(
                    RunSettings.of(steps, 1), batch, 0, optimizer(1e-5), lora(request).orElse(null), 0, 0);
            SupervisedTrainer.train(model, examples, List.of(), settings, clock);
        }
    }

    /** The adapter of a request, on all projections; empty if all weights are to be trained. */
    private static Optional<LoraSettings> lora(JsonObject request) {
        return Optional.ofNullable(request.get("rank"))
                .map(rank -> LoraSettings.of(rank.getAsInt(), 2.0 * rank.getAsInt()));
    }

    /** AdamW as the peers are told to do it. */
    static OptimizerSettings optimizer(double learningRate) {
        return new OptimizerSettings(learningRate, 0.01, 0.9, 0.999, 1e-8, 1, 0, LearningRateDecay.CONSTANT, 1);
    }
}
