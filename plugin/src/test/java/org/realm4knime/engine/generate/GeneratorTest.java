package org.realm4knime.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.Architecture;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.DecoderOracle;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelFixtures;
import org.realm4knime.engine.torch.Torch;

class GeneratorTest {

    private static final List<String> PROMPTS = List.of(
            "A gold member returns a laptop priced 240 =",
            "gold",
            "A member returns a laptop.",
            "priced 1 2 3 4",
            "days ok; a laptop, a laptop, a laptop.",
            "A gold");

    @TempDir
    private Path folder;

    private LanguageModel model;

    @BeforeEach
    void openModel() {
        model = ModelFixtures.model(ModelFixtures.configs().get("llama"), folder, 11);
    }

    @AfterEach
    void closeModel() {
        model.close();
    }

    static Stream<String> architectures() {
        return ModelFixtures.configs().keySet().stream();
    }

    /** Each step's most likely token and its log-probability, from the oracle's logits of the whole sequence so far. */
    @ParameterizedTest
    @MethodSource("architectures")
    void greedyCompletionsOfABatchAreThoseOfTheOracle(String architecture) throws CanceledJobException {
        assertGreedyIsThatOfTheOracle(ModelFixtures.configs().get(architecture));
    }

    /** Matrices of 32,768 weights and more are packed for oneDNN; those of the other models here are not. */
    @Test
    void packedWeightsChangeNothing() throws CanceledJobException {
        assertGreedyIsThatOfTheOracle(
                DecoderConfig.uniform(Architecture.QWEN2, 30, 128, 2, 8, 2, 32, 256, 64, 10_000, 1e-5, false));
    }

    private void assertGreedyIsThatOfTheOracle(DecoderConfig config) throws CanceledJobException {
        try (LanguageModel some = ModelFixtures.model(config, folder, 21)) {
            some.write(folder.resolve("model"));
            try (DecoderOracle oracle = new DecoderOracle(some.config(), folder.resolve("model"))) {
                List<List<Completion>> all = new Generator(some, PROMPTS.size())
                        .generate(PROMPTS, 1, SamplingSettings.greedy(20), Progress.silent());
                List<List<Completion>> refilled =
                        new Generator(some, 2).generate(PROMPTS, 1, SamplingSettings.greedy(20), Progress.silent());

                for (int i = 0; i < PROMPTS.size(); i++) {
                    Completion expected = greedy(oracle, some.tokenizer().encode(PROMPTS.get(i)), 20);
                    assertSame(all.get(i).get(0), expected, 1e-4f);
                    assertSame(refilled.get(i).get(0), expected, 1e-4f);
                }
            }
        }
    }

    @Test
    void paddingAndBatchingChangeNothing() throws CanceledJobException {
        SamplingSettings settings = SamplingSettings.sample(24, 0.8, 5);
        List<List<Completion>> together = new Generator(model, 64).generate(PROMPTS, 3, settings, Progress.silent());
        List<List<Completion>> alone = new Generator(model, 1).generate(PROMPTS, 3, settings, Progress.silent());

        for (int i = 0; i < PROMPTS.size(); i++) {
            for (int s = 0; s < 3; s++) {
                assertSame(together.get(i).get(s), alone.get(i).get(s), 1e-4f);
            }
        }
    }

    @Test
    void logProbsAreThoseOfAFreshForwardPassAtTheTemperature() throws CanceledJobException {
        model.write(folder.resolve("model"));
        SamplingSettings settings = new SamplingSettings(30, 0.7, 5, 0.9, 0.05, 3);
        List<List<Completion>> all = new Generator(model, 8).generate(PROMPTS, 2, settings, Progress.silent());

        try (DecoderOracle oracle = new DecoderOracle(model.config(), folder.resolve("model"))) {
            for (int i = 0; i < PROMPTS.size(); i++) {
                int[] prompt = model.tokenizer().encode(PROMPTS.get(i));
                for (Completion completion : all.get(i)) {
                    int[] written = withEnd(completion);
                    float[][] logits = oracle.logits(concat(prompt, written));
                    for (int t = 0; t < written.length; t++) {
                        double expected = logProb(logits[prompt.length - 1 + t], written[t], 0.7);
                        assertThat((double) completion.logProbs()[t]).isCloseTo(expected, within(1e-4));
                    }
                }
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameCompletionsWhateverOtherThreadsDo() throws Exception {
        SamplingSettings settings = SamplingSettings.sample(16, 1, 42);
        Generator generator = new Generator(model, 4);
        List<List<Completion>> first = generator.generate(PROMPTS, 2, settings, Progress.silent());
        CompletableFuture<List<List<Completion>>> other = CompletableFuture.supplyAsync(() -> {
            try {
                return generator.generate(PROMPTS, 2, settings, Progress.silent());
            } catch (CanceledJobException e) {
                throw new IllegalStateException(e);
            }
        });
        List<List<Completion>> second = generator.generate(PROMPTS, 2, settings, Progress.silent());

        assertThat(second).isEqualTo(first);
        assertThat(other.get()).isEqualTo(first);
        assertThat(generator.generate(PROMPTS, 2, settings.withSeed(43), Progress.silent()))
                .isNotEqualTo(first);
    }

    /** 4000 draws of one token against its probability; the bound is 4 standard deviations of a share. */
    @Test
    void drawsTokensWithTheirProbability() throws CanceledJobException {
        model.write(folder.resolve("model"));
        List<Completion> draws = new Generator(model, 1000)
                .generate(List.of("gold"), 4000, SamplingSettings.sample(1, 1, 9), Progress.silent())
                .get(0);
        int[] counts = new int[model.config().vocabSize()];
        draws.forEach(c -> counts[withEnd(c)[0]]++);

        try (DecoderOracle oracle = new DecoderOracle(model.config(), folder.resolve("model"))) {
            float[] logits = oracle.logits(model.tokenizer().encode("gold"))[0];
            for (int v = 0; v < counts.length; v++) {
                double p = Math.exp(logProb(logits, v, 1));
                assertThat(counts[v] / 4000.0).as("token %d", v).isCloseTo(p, within(4 * Math.sqrt(p / 4000) + 1e-3));
            }
        }
    }

    @Test
    void topKTopPAndMinPLimitWhatIsDrawn() throws CanceledJobException {
        model.write(folder.resolve("model"));
        float[] logits;
        try (DecoderOracle oracle = new DecoderOracle(model.config(), folder.resolve("model"))) {
            logits = oracle.logits(model.tokenizer().encode("gold"))[0];
        }
        int[] ranked = IntStream.range(0, logits.length)
                .boxed()
                .sorted((a, b) -> Float.compare(logits[b], logits[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] p = Arrays.stream(ranked)
                .mapToDouble(v -> Math.exp(logProb(logits, v, 1)))
                .toArray();

        assertThat(drawn(new SamplingSettings(1, 1, 3, 1, 0, 1))).isEqualTo(first(ranked, 3));
        double share = p[0] + p[1] + p[2] / 2; // the third completes the set
        assertThat(drawn(new SamplingSettings(1, 1, 0, share, 0, 1))).isEqualTo(first(ranked, 3));
        double ratio = (p[2] + p[3]) / 2 / p[0]; // between the third and the fourth
        assertThat(drawn(new SamplingSettings(1, 1, 0, 1, ratio, 1))).isEqualTo(first(ranked, 3));
        assertThat(drawn(new SamplingSettings(1, 1, 1000, 1, 0, 1)).size()).isGreaterThan(10);
    }

    @Test
    void completionsEndAtAnyStopTokenAndLeaveItOut() throws CanceledJobException {
        ModelFixtures.writeTokenizer(folder);
        String everyToken =
                IntStream.range(0, model.config().vocabSize()).boxed().toList().toString();
        ModelFixtures.write(folder.resolve("generation_config.json"), "{\"eos_token_id\": " + everyToken + "}");
        try (LanguageModel stopping = LanguageModel.create(model.config(), folder, 1)) {
            for (List<Completion> completions : new Generator(stopping, 2)
                    .generate(PROMPTS, 1, SamplingSettings.sample(9, 1, 1), Progress.silent())) {
                assertThat(completions.get(0).tokens()).isEmpty();
                assertThat(completions.get(0).text()).isEmpty();
                assertThat(completions.get(0).logProbs()).hasSize(1);
                assertThat(completions.get(0).truncated()).isFalse();
                assertThat(completions.get(0).stopId())
                        .isBetween(0, model.config().vocabSize() - 1);
            }
        }
    }

    @Test
    void aCompletionEndsWhereTheModelsPositionsEnd() throws CanceledJobException {
        String prompt = "gold ".repeat(60).strip();

        Completion completion = new Generator(model, 2)
                .generate(List.of(prompt), 1, SamplingSettings.sample(50, 1, 1), Progress.silent())
                .get(0)
                .get(0);

        assertThat(withEnd(completion).length).isLessThanOrEqualTo(4);
    }

    @Test
    void refusesPromptsThatAreEmptyOrTooLong() {
        Generator generator = new Generator(model, 2);
        SamplingSettings settings = SamplingSettings.greedy(5);

        assertThatThrownBy(() -> generator.generate(List.of("gold", ""), 1, settings, Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Prompt 2 is empty");
        assertThatThrownBy(
                        () -> generator.generate(List.of("gold ".repeat(64).strip()), 1, settings, Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("Prompt 1", "64 tokens");
    }

    @Test
    void nothingInNothingOut() throws CanceledJobException {
        assertThat(new Generator(model, 2).generate(List.of(), 3, SamplingSettings.greedy(5), Progress.silent()))
                .isEmpty();
    }

    @Test
    void stopsBetweenCallsWhenCanceledAndReportsProgress() {
        AtomicInteger checks = new AtomicInteger();
        List<Double> fractions = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void report(double fraction, String message) {
                fractions.add(fraction);
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                if (checks.incrementAndGet() > PROMPTS.size() + 6) { // each prompt that is encoded asks as well
                    throw new CanceledJobException();
                }
            }
        };

        assertThatThrownBy(
                        () -> new Generator(model, 2).generate(PROMPTS, 4, SamplingSettings.sample(40, 1, 2), progress))
                .isInstanceOf(CanceledJobException.class);
        assertThat(fractions).startsWith(0.0).isSorted().doesNotContain(1.0);
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> SamplingSettings.greedy(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SamplingSettings.sample(1, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SamplingSettings(1, 1, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Generator(model, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Integer> drawn(SamplingSettings settings) throws CanceledJobException {
        return new Generator(model, 500)
                .generate(List.of("gold"), 500, settings, Progress.silent()).get(0).stream()
                        .map(c -> withEnd(c)[0])
                        .distinct()
                        .sorted()
                        .toList();
    }

    private static List<Integer> first(int[] ranked, int count) {
        return Arrays.stream(ranked).limit(count).sorted().boxed().toList();
    }

    private static Completion greedy(DecoderOracle oracle, int[] prompt, int length) {
        int[] sequence = prompt;
        List<Float> logProbs = new ArrayList<>();
        boolean ended = false;
        while (!ended && logProbs.size() < length) {
            float[] logits = oracle.logits(sequence)[sequence.length - 1];
            int best = IntStream.range(0, logits.length)
                    .reduce((a, b) -> logits[b] > logits[a] ? b : a)
                    .orElseThrow();
            logProbs.add((float) logProb(logits, best, 1));
            ended = best == 0;
            sequence = concat(sequence, best);
        }
        float[] values = new float[logProbs.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = logProbs.get(i));
        int[] tokens = Arrays.copyOfRange(sequence, prompt.length, sequence.length - (ended ? 1 : 0));
        return new Completion(tokens, values, "", !ended);
    }

    private static void assertSame(Completion actual, Completion expected, float tolerance) {
        assertThat(actual.tokens()).containsExactly(expected.tokens());
        assertThat(actual.truncated()).isEqualTo(expected.truncated());
        assertThat(actual.logProbs()).hasSameSizeAs(expected.logProbs());
        for (int t = 0; t < expected.logProbs().length; t++) {
            assertThat(actual.logProbs()[t]).as("token %d", t).isCloseTo(expected.logProbs()[t], within(tolerance));
        }
    }

    private static double logProb(float[] logits, int token, double temperature) {
        double max = IntStream.range(0, logits.length)
                .mapToDouble(v -> logits[v])
                .max()
                .orElseThrow();
        double sum = IntStream.range(0, logits.length)
                .mapToDouble(v -> Math.exp((logits[v] - max) / temperature))
                .sum();
        return (logits[token] - max) / temperature - Math.log(sum);
    }

    /** The tokens drawn; the end token of these models is 0. */
    private static int[] withEnd(Completion completion) {
        return completion.truncated() ? completion.tokens() : concat(completion.tokens(), 0);
    }

    private static int[] concat(int[] a, int... b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    @Test
    void saysSoIfTheModelComputesNoNumbers() {
        Torch.run(() -> model.tensors().get(0).muli(Float.NaN));

        assertThatThrownBy(() ->
                        new Generator(model, 2).generate(PROMPTS, 1, SamplingSettings.greedy(3), Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(model.name())
                .hasMessageContaining("no number");
    }
}
