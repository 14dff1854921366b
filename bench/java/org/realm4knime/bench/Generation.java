package org.realm4knime.bench;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;

/** Batched generation. */
final class Generation {

    private Generation() {}

    /**
     * Times generations at temperature 1, prompt included, each of a batch of different prompts of one length.
     *
     * @param request {@code folder}, {@code batch}, {@code prompt} and {@code new} in tokens, {@code warmup} and
     *     {@code repeats}
     * @return {@code seconds} of each generation, {@code tokens} written by one
     */
    static Object measure(JsonObject request) throws CanceledJobException {
        LanguageModel model = Models.shared(request);
        int batch = Models.integer(request, "batch");
        int warmUp = Models.integer(request, "warmup");
        int newTokens = Models.integer(request, "new");
        Generator generator = new Generator(model, batch);
        List<Double> seconds = new ArrayList<>();
        long tokens = 0;
        for (int run = 0; run < warmUp + Models.integer(request, "repeats"); run++) {
            List<String> prompts = prompts(model, batch, Models.integer(request, "prompt"), new Random(run));
            long start = System.nanoTime();
            tokens = tokens(generator.generate(
                    prompts, 1, SamplingSettings.sample(newTokens, 1, run), Progress.silent()));
            if (run >= warmUp) {
                seconds.add((System.nanoTime() - start) / 1e9);
            }
        }
        return Map.of("seconds", seconds, "tokens", tokens);
    }

    /**
     * Watches the resident memory over many generations of different lengths.
     *
     * @param request {@code folder}, {@code batch}, {@code steps}: generations, {@code length}: the longest prompt,
     *     {@code new}: most new tokens, {@code every}: generations between samples
     * @return {@code samples}: step and megabytes
     */
    static Object watchMemory(JsonObject request) throws CanceledJobException {
        LanguageModel model = Models.shared(request);
        int batch = Models.integer(request, "batch");
        Generator generator = new Generator(model, batch);
        ResidentMemory memory = new ResidentMemory(Models.integer(request, "every"));
        Random random = new Random(3);
        for (int step = 1; step <= Models.integer(request, "steps"); step++) {
            List<String> prompts = IntStream.range(0, batch)
                    .mapToObj(i -> Models.text(model, 1 + random.nextInt(Models.integer(request, "length")), random))
                    .toList();
            int newTokens = 1 + random.nextInt(Models.integer(request, "new"));
            generator.generate(prompts, 1, SamplingSettings.sample(newTokens, 1, step), Progress.silent());
            memory.afterStep(step);
        }
        return Map.of("samples", memory.samples());
    }

    /**
     * Completes a prompt with the most likely tokens.
     *
     * @param request {@code folder}, {@code text}: the prompt, {@code new}: tokens to write
     * @return {@code tokens}: their ids
     */
    static Object greedy(JsonObject request) throws CanceledJobException {
        Completion completion = new Generator(Models.shared(request), 1)
                .generate(
                        List.of(request.get("text").getAsString()),
                        1,
                        SamplingSettings.greedy(Models.integer(request, "new")),
                        Progress.silent())
                .get(0)
                .get(0);
        return Map.of("tokens", completion.tokens(), "text", completion.text());
    }

    private static List<String> prompts(LanguageModel model, int count, int length, Random random) {
        return IntStream.range(0, count)
                .mapToObj(i -> Models.text(model, length, random))
                .toList();
    }

    private static long tokens(List<List<Completion>> completions) {
        return completions.stream()
                .flatMap(List::stream)
                .mapToLong(completion -> completion.tokens().length)
                .sum();
    }
}
