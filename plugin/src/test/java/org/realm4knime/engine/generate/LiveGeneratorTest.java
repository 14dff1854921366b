package org.realm4knime.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelFixtures;

/** Requests that come while others are written; what they get is compared with what a batch known beforehand gets. */
class LiveGeneratorTest {

    private static final List<String> PROMPTS = List.of(
            "gold",
            "A gold member returns a laptop priced 240 =",
            "A member returns a laptop.",
            "priced 1 2 3 4",
            "days ok; a laptop, a laptop, a laptop. A gold member returns a laptop priced 240 =",
            "A gold");
    private static final int SAMPLES = 3;
    private static final SamplingSettings SETTINGS = SamplingSettings.sample(24, 0.9, 5);

    @TempDir
    private Path folder;

    private LanguageModel model;
    private PackedModel packed;

    /** Collects what a request gets, and lets something happen at its first tokens. */
    private static final class Result implements LiveGenerator.Listener {

        private final CompletableFuture<List<Completion>> done = new CompletableFuture<>();
        private final Completion[] completions;
        private final Runnable atFirst;
        private int missing;
        private boolean begun;

        Result(int samples, Runnable atFirst) {
            completions = new Completion[samples];
            missing = samples;
            this.atFirst = atFirst;
        }

        private void begin() {
            if (!begun) {
                begun = true;
                atFirst.run();
            }
        }

        @Override
        public void wrote(int sample, int[] tokens, float[] logProbs) {
            assertThat(logProbs).hasSameSizeAs(tokens);
            begin();
        }

        @Override
        public void ended(int sample, Completion completion) {
            begin();
            completions[sample] = completion;
            missing--;
            if (missing == 0) {
                done.complete(List.of(completions));
            }
        }

        @Override
        public void failed(RuntimeException cause) {
            done.completeExceptionally(cause);
        }
    }

    @BeforeEach
    void openModel() {
        model = ModelFixtures.model(ModelFixtures.configs().get("llama"), folder, 11);
        packed = PackedModel.of(model);
    }

    @AfterEach
    void closeModel() {
        packed.close();
        model.close();
    }

    private LiveRequest request(int prompt, SamplingSettings settings) {
        return new LiveRequest(
                packed,
                model.tokenizer().encode(PROMPTS.get(prompt)),
                SAMPLES,
                settings.withSeed(RowRandom.promptSeed(settings.seed(), prompt)));
    }

    @Test
    void whereItsThreadEndsAllThatWaitFailAndNoneIsTaken() {
        CompletableFuture<Void> submitted = new CompletableFuture<>();
        Result waiting = new Result(SAMPLES, () -> {});
        Result deadly = new Result(SAMPLES, () -> {
            submitted.join();
            throw new LinkageError("a library is gone");
        });
        try (LiveGenerator generator = new LiveGenerator(4)) {
            assertThat(generator.fault()).isEmpty();
            generator.submit(request(0, SETTINGS), deadly);
            generator.submit(request(1, SamplingSettings.greedy(8)), waiting); // never in one batch with the other
            submitted.complete(null);

            assertThatThrownBy(waiting.done::join)
                    .hasCauseInstanceOf(EngineException.class)
                    .hasMessageContaining("a library is gone");
            assertThatThrownBy(deadly.done::join).hasCauseInstanceOf(EngineException.class);
            assertThat(generator.fault().orElseThrow()).contains("a library is gone", "Start the server again");
            assertThatThrownBy(() -> generator.submit(request(2, SETTINGS), new Result(SAMPLES, () -> {})))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("a library is gone");
        }
    }

    private static void assertSame(List<List<Completion>> written, List<List<Completion>> expected) {
        for (int i = 0; i < expected.size(); i++) {
            for (int sample = 0; sample < SAMPLES; sample++) {
                Completion one = written.get(i).get(sample);
                Completion other = expected.get(i).get(sample);
                assertThat(one.tokens()).containsExactly(other.tokens());
                assertThat(one.text()).isEqualTo(other.text());
                assertThat(one.truncated()).isEqualTo(other.truncated());
                assertThat(one.stopId()).isEqualTo(other.stopId());
                assertThat(one.logProbs()).containsExactly(other.logProbs(), within(1e-4f));
            }
        }
    }

    /** Each request is sent when the one before it has its first tokens: the batch grows, refills and moves. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 18})
    void requestsThatComeLaterGetWhatTheyWouldGetTogether(int places) throws Exception {
        List<List<Completion>> together =
                new Generator(model, 18).generate(PROMPTS, SAMPLES, SETTINGS, Progress.silent());
        List<Result> results = new ArrayList<>();

        try (LiveGenerator generator = new LiveGenerator(places)) {
            for (int i = 0; i < PROMPTS.size(); i++) {
                int next = i + 1;
                results.add(new Result(SAMPLES, () -> {
                    if (next < PROMPTS.size()) {
                        generator.submit(request(next, SETTINGS), results.get(next));
                    }
                }));
            }
            generator.submit(request(0, SETTINGS), results.get(0));
            List<List<Completion>> written = new ArrayList<>();
            for (Result result : results) {
                written.add(result.done.get());
            }
            assertSame(written, together);
        }
    }

    @Test
    void requestsOfOtherSettingsWaitForTheirTurn() throws Exception {
        SamplingSettings greedy = SamplingSettings.greedy(9).withStopStrings(List.of("laptop"));
        List<List<Completion>> drawn = new Generator(model, 18).generate(PROMPTS, SAMPLES, SETTINGS, Progress.silent());
        List<List<Completion>> likely = new Generator(model, 18).generate(PROMPTS, SAMPLES, greedy, Progress.silent());

        try (LiveGenerator generator = new LiveGenerator(8)) {
            List<Result> results = IntStream.range(0, 2 * PROMPTS.size())
                    .mapToObj(i -> new Result(SAMPLES, () -> {}))
                    .toList();
            for (int i = 0; i < results.size(); i++) {
                generator.submit(request(i / 2, i % 2 == 0 ? SETTINGS : greedy), results.get(i));
            }
            List<List<Completion>> written = new ArrayList<>();
            for (Result result : results) {
                written.add(result.done.get());
            }
            assertSame(everyOther(written, 0), drawn);
            assertSame(everyOther(written, 1), likely);
        }
    }

    private static List<List<Completion>> everyOther(List<List<Completion>> all, int first) {
        return IntStream.range(0, all.size() / 2)
                .mapToObj(i -> all.get(2 * i + first))
                .toList();
    }

    @Test
    void aCanceledRequestEndsAndTheOthersGoOn() throws Exception {
        List<List<Completion>> together =
                new Generator(model, 18).generate(PROMPTS, SAMPLES, SETTINGS, Progress.silent());
        AtomicInteger canceled = new AtomicInteger();

        try (LiveGenerator generator = new LiveGenerator(4)) {
            Runnable[] cancel = new Runnable[1];
            Result first = new Result(SAMPLES, () -> {
                canceled.incrementAndGet();
                cancel[0].run();
            });
            Result second = new Result(SAMPLES, () -> {});
            // the generator's thread cannot tell of a request before this thread has left the monitor
            synchronized (generator) {
                cancel[0] = generator.submit(request(0, SETTINGS), first);
                generator.submit(request(1, SETTINGS), second);
            }
            first.done.get();
            assertSame(List.of(second.done.get()), together.subList(1, 2));
        }
        assertThat(canceled).hasValue(1);
    }

    @Test
    void promptsThatCannotBeServedAreRefused() throws CanceledJobException {
        try (LiveGenerator generator = new LiveGenerator(2)) {
            Result result = new Result(1, () -> {});

            assertThatThrownBy(() -> generator.submit(new LiveRequest(packed, new int[0], 1, SETTINGS), result))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("The prompt is empty.");
            assertThatThrownBy(() -> generator.submit(new LiveRequest(packed, new int[] {999}, 1, SETTINGS), result))
                    .hasMessageContaining("The prompt has the token 999, but the model has only tokens from 0 to");
            int[] tooLong = new int[model.config().maxPositions()];
            assertThatThrownBy(() -> generator.submit(new LiveRequest(packed, tooLong, 1, SETTINGS), result))
                    .hasMessageContaining("with the answer");
            packed.close();
            assertThatThrownBy(() -> generator.submit(request(0, SETTINGS), result))
                    .hasMessage("The model is no longer loaded.");
        }
    }
}
