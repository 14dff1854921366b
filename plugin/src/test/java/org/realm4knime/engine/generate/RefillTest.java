package org.realm4knime.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.Architecture;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.DecoderProgram;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelFixtures;
import org.realm4knime.engine.torch.TensorScope;

/** Batches whose places go to further prompts, and completions that end in different ways. */
class RefillTest {

    private static final List<String> PROMPTS = List.of(
            "A gold member returns a laptop priced 240 =",
            "gold",
            "A member returns a laptop.",
            "priced 1 2 3 4",
            "days ok; a laptop, a laptop, a laptop.",
            "A gold");
    private static final SamplingSettings SETTINGS = SamplingSettings.sample(24, 0.9, 5);

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

    private List<Completion> generate(int batchSize, int samples, SamplingSettings settings)
            throws CanceledJobException {
        return new Generator(model, batchSize)
                .generate(PROMPTS, samples, settings, Progress.silent()).stream()
                        .flatMap(List::stream)
                        .toList();
    }

    /** 48 rows in 5 places: groups are split, places change often, and the cache gives up slots at its beginning. */
    @Test
    void rowsAreTheSameInARefilledBatchAndAlone() throws CanceledJobException {
        List<Completion> refilled = generate(5, 8, SETTINGS);
        List<Completion> alone = generate(1, 8, SETTINGS);

        assertThat(refilled.stream()
                        .mapToInt(c -> c.logProbs().length)
                        .distinct()
                        .count())
                .isGreaterThan(5);
        assertSame(refilled, alone);
    }

    /**
     * Long completions in few places: rows that have ended keep their places while no prompt is left, and the cache
     * gives up the slots in which they began.
     */
    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5, 6})
    void rowsThatHaveEndedOutlastTheirSlots(long seed) throws CanceledJobException {
        SamplingSettings settings = SamplingSettings.sample(150, 0.15, seed);
        int vocabSize = model.config().vocabSize();
        model.close();
        model = ModelFixtures.model(
                DecoderConfig.uniform(Architecture.LLAMA, vocabSize, 32, 2, 4, 2, 8, 48, 256, 10_000, 1e-5, true),
                folder,
                11);

        assertSame(generate(5, 6, settings), generate(1, 6, settings));
    }

    private static void assertSame(List<Completion> refilled, List<Completion> alone) {
        for (int i = 0; i < alone.size(); i++) {
            assertThat(refilled.get(i).tokens())
                    .as("row %d", i)
                    .containsExactly(alone.get(i).tokens());
            assertThat(refilled.get(i).stopId()).isEqualTo(alone.get(i).stopId());
            assertThat(refilled.get(i).logProbs()).hasSameSizeAs(alone.get(i).logProbs());
            for (int t = 0; t < alone.get(i).logProbs().length; t++) {
                assertThat(refilled.get(i).logProbs()[t]).isCloseTo(alone.get(i).logProbs()[t], within(1e-4f));
            }
        }
    }

    /** Of a large model a call reads few tokens of a prompt, or one, which for shorter prompts is padding. */
    @ParameterizedTest
    @ValueSource(ints = {1, 12, 13})
    void promptsReadInPartsGiveTheSame(int callTokens) throws CanceledJobException {
        KeyValueCache.Written whole = firstTokens(1000);

        KeyValueCache.Written parts = firstTokens(callTokens);

        assertThat(parts.tokens()).containsExactly(whole.tokens());
        assertThat(parts.logProbs()).containsExactly(whole.logProbs(), within(1e-5f));
    }

    private KeyValueCache.Written firstTokens(int callTokens) throws CanceledJobException {
        DecoderProgram program = DecoderProgram.shared(model.config(), "generate.py");
        List<Row> rows = IntStream.range(0, PROMPTS.size())
                .mapToObj(i -> new Row(i, model.tokenizer().encode(PROMPTS.get(i)), 4, new RowRandom(1, i, 0)))
                .toList();
        List<Row> batch = new ArrayList<>(Collections.nCopies(rows.size(), null));
        try (TensorScope scope = new TensorScope()) {
            KeyValueCache.Factory caches =
                    new KeyValueCache.Factory(program, model, KeyValueCache.Factory.pack(program, model, scope));
            NDArray rope = program.rope(scope, 64);
            try (PromptQueue queue = new PromptQueue(rows, caches, slots -> rope, 1, callTokens, Progress.silent());
                    KeyValueCache cache = caches.open(rope, rows.size(), 64)) {
                queue.fill(batch, cache);
                return cache.write(
                        new float[4 * rows.size()], SamplingSettings.greedy(4), new boolean[rows.size()], true);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameRefills() throws CanceledJobException {
        assertThat(generate(7, 5, SETTINGS)).isEqualTo(generate(7, 5, SETTINGS));
        assertThat(generate(7, 5, SETTINGS.withSeed(6))).isNotEqualTo(generate(7, 5, SETTINGS));
    }

    /** Cancels when more rows have ended than the batch has places. */
    @Test
    void canBeCanceledInARefilledBatch() throws CanceledJobException {
        List<String> messages = new ArrayList<>();
        Progress canceling = new Progress() {
            @Override
            public void report(double fraction, String message) {
                messages.add(message);
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                String last = messages.isEmpty() ? "" : messages.get(messages.size() - 1);
                if (last.contains("ended") && Integer.parseInt(last.split(" ")[0]) > 4) {
                    throw new CanceledJobException();
                }
            }
        };

        assertThatThrownBy(() -> new Generator(model, 4).generate(PROMPTS, 8, SETTINGS, canceling))
                .isInstanceOf(CanceledJobException.class);
        assertThat(messages).last().asString().contains("of 48 completions ended");
        assertThat(generate(4, 1, SETTINGS)).hasSize(6);
    }

    /**
     * The stop string is taken from the middle of a completion, so that it begins within a token and ends within
     * another. What is expected is found in the same completions without stop strings, token by token.
     */
    @Test
    void completionsEndBeforeAStopString() throws CanceledJobException {
        List<Completion> free = generate(4, 4, SETTINGS);
        String text = free.stream()
                .map(Completion::text)
                .filter(t -> t.indexOf(' ', 4) > 0 && t.indexOf(' ', 4) < t.length() - 2)
                .findFirst()
                .orElseThrow();
        int space = text.indexOf(' ', 4);
        String stop = text.substring(space - 1, space + 2);

        List<Completion> stopped = generate(4, 4, SETTINGS.withStopStrings(List.of("never written", stop)));

        assertThat(stopped).filteredOn(c -> stop.equals(c.stopString())).isNotEmpty();
        for (int i = 0; i < free.size(); i++) {
            Completion whole = free.get(i);
            Completion cut = stopped.get(i);
            int needed = IntStream.rangeClosed(0, whole.tokens().length)
                    .filter(n -> decode(whole, n).contains(stop))
                    .findFirst()
                    .orElse(-1);
            if (needed < 0) {
                assertThat(cut.text()).isEqualTo(whole.text());
                assertThat(cut.stopString()).isNull();
                assertThat(cut.truncated()).isEqualTo(whole.truncated());
            } else {
                assertThat(cut.tokens()).containsExactly(Arrays.copyOf(whole.tokens(), needed));
                assertThat(cut.logProbs()).hasSize(needed);
                assertThat(cut.text())
                        .isEqualTo(whole.text().substring(0, whole.text().indexOf(stop)));
                assertThat(cut.truncated()).isFalse();
                assertThat(cut.stopId()).isEqualTo(-1);
                assertThat(cut.drawn(0)).containsExactly(cut.tokens());
            }
        }
    }

    private String decode(Completion completion, int tokens) {
        return model.tokenizer().decode(Arrays.copyOf(completion.tokens(), tokens));
    }

    @Test
    void drawnTokensIncludeTheEndToken() {
        float[] logProbs = {-1, -2, -3};

        assertThat(new Completion(new int[] {4, 5}, logProbs, "", false, 7, null).drawn(0))
                .containsExactly(4, 5, 7);
        assertThat(new Completion(new int[] {4, 5}, logProbs, "", false).drawn(0))
                .containsExactly(4, 5, 0);
        assertThat(new Completion(new int[] {4, 5, 6}, logProbs, "", true).drawn(0))
                .containsExactly(4, 5, 6);
    }

    @Test
    void refusesAnEmptyStopString() {
        assertThatThrownBy(() -> SETTINGS.withStopStrings(List.of("ok", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stop string");
    }

    /** What a GPU does: rounded to 8 bits of mantissa, the first tokens are as likely as before. */
    @Test
    void worksInBfloat16() throws CanceledJobException {
        List<Completion> exact = generate(5, 2, SETTINGS);
        try (DecoderProgram program =
                DecoderProgram.load(model.config(), Map.of("half", true, "onednn", false), "generate.py")) {
            List<Completion> rounded = new Generator(model, 5, program)
                    .generate(PROMPTS, 2, SETTINGS, Progress.silent()).stream()
                            .flatMap(List::stream)
                            .toList();
            int same = 0;
            for (int i = 0; i < exact.size(); i++) {
                if (exact.get(i).drawn(-1)[0] == rounded.get(i).drawn(-1)[0]) {
                    same++;
                    assertThat(rounded.get(i).logProbs()[0])
                            .isNotEqualTo(exact.get(i).logProbs()[0])
                            .isCloseTo(exact.get(i).logProbs()[0], within(0.05f));
                }
            }
            assertThat(same).isGreaterThanOrEqualTo(exact.size() - 2);
        }
    }
}
