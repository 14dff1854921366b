package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.model.DecoderConfig;

class BatcherTest {

    private static final int PAD = 9;

    private int prompts;

    /** Every prompt is another one. */
    private TrainingSequence sequence(int promptLength, int completionLength) {
        int[] prompt = new int[promptLength];
        Arrays.fill(prompt, prompts++);
        return TrainingSequence.taught(prompt, new int[completionLength], 1);
    }

    private static List<MicroBatch> only(List<List<MicroBatch>> shares) {
        assertThat(shares).hasSize(1);
        return shares.get(0);
    }

    /** Tokens that go through the decoder, padding included: the ids, and for shared rows the prompts'. */
    private static int computed(MicroBatch batch) {
        List<MicroBatch.Block> inputs = batch.inputs();
        int ids = inputs.get(inputs.size() - 1).size();
        return inputs.size() == 1 ? ids : ids + inputs.get(0).size();
    }

    private static long rows(MicroBatch batch) {
        return batch.inputs().get(batch.inputs().size() - 1).shape()[0];
    }

    @Test
    void laysSequencesOutForTheLoss() {
        TrainingSequence longer =
                TrainingSequence.sampled(new int[] {1, 2, 3}, new int[] {4, 5}, 0.5, -1, new float[] {-0.1f, -0.2f});
        TrainingSequence shorter = TrainingSequence.sampled(new int[] {6}, new int[] {7}, 0.25, 2, new float[] {-0.3f});

        MicroBatch batch = MicroBatch.plain(List.of(longer, shorter), PAD);

        assertThat(batch.length()).isEqualTo(4);
        assertThat(batch.inputs()).hasSize(1);
        assertThat(batch.inputs().get(0).shape()).containsExactly(2, 4);
        // the last token of a row is predicted, never read
        assertThat(batch.inputs().get(0).values()).containsExactly(1, 2, 3, 4, 6, PAD, PAD, PAD);
        // the last prompt token predicts the first completion token
        assertThat(batch.positions()).containsExactly(2, 3, 4);
        assertThat(batch.targets()).containsExactly(4, 5, 7);
        assertThat(batch.scale()).containsExactly(0.5f, 0.5f, 0.25f);
        assertThat(batch.advantage()).containsExactly(-1f, -1f, 2f);
        assertThat(batch.oldLogProbs()).containsExactly(-0.1f, -0.2f, -0.3f);
    }

    @Test
    void putsSequencesOfSimilarLengthTogether() {
        List<MicroBatch> batches = only(new Batcher(2, 1000, 1, PAD)
                .split(List.of(sequence(3, 2), sequence(9, 4), sequence(4, 2), sequence(8, 4))));

        assertThat(batches).extracting(MicroBatch::length).containsExactly(12, 5);
        assertThat(batches).extracting(BatcherTest::rows).containsExactly(2L, 2L);
    }

    @Test
    void keepsToTheTokenLimit() {
        List<MicroBatch> batches = only(new Batcher(0, 24, 1, PAD)
                .split(List.of(sequence(30, 2), sequence(5, 5), sequence(5, 5), sequence(5, 5), sequence(5, 5))));

        // 31 + 4 x 9 tokens make three parts: one that is longer than the limit goes alone, rows of 9 tokens go in twos
        assertThat(batches).extracting(BatcherTest::rows).containsExactly(1L, 2L, 2L);
    }

    @Test
    void padsShortSequencesToLongOnesOnlyWhereThereAreFew() {
        List<TrainingSequence> mixed = Stream.concat(
                        Stream.generate(() -> sequence(200, 57)).limit(8),
                        Stream.generate(() -> sequence(20, 13)).limit(24))
                .toList();

        // 8 x 256 and 24 x 32 tokens: padded to 256 they would be 8,192 instead of 2,816
        assertThat(only(new Batcher(0, 10_000, 1, PAD).split(mixed)))
                .extracting(BatcherTest::computed)
                .containsExactly(2048, 768);
        // one long one and one short one are too little to be apart: 2 x 256
        assertThat(only(new Batcher(0, 10_000, 1, PAD).split(mixed.subList(7, 9))))
                .extracting(BatcherTest::computed)
                .containsExactly(512);
    }

    @Test
    void keepsGroupsOfSimilarPromptsTogether() {
        List<TrainingSequence> mixed = Stream.of(180, 30, 180, 30, 180, 30)
                .flatMap(prompt -> {
                    int[] tokens = new int[prompt];
                    Arrays.fill(tokens, prompts++);
                    return IntStream.range(0, 8).mapToObj(i -> TrainingSequence.taught(tokens, new int[21], 1));
                })
                .toList();

        // three prompts of 180 and three of 30, each with 8 rows of 20: padded to 180 all prompts would be 1,080
        assertThat(only(new Batcher(0, 10_000, 1, PAD).split(mixed)))
                .extracting(BatcherTest::computed)
                .containsExactly(3 * 180 + 24 * 20, 3 * 30 + 24 * 20);
    }

    @Test
    void givesEveryWorkerTheSameWork() {
        List<TrainingSequence> sequences =
                IntStream.range(0, 40).mapToObj(i -> sequence(10 + i, 11)).toList();

        List<List<MicroBatch>> shares = new Batcher(0, 600, 2, PAD).split(sequences);

        // 1,580 tokens and some padding: three times 600 at most, for two workers each
        assertThat(shares).hasSize(2).allSatisfy(share -> assertThat(share).hasSize(3));
        assertThat(shares).allSatisfy(share -> assertThat(
                        share.stream().mapToInt(BatcherTest::computed).sum())
                .isBetween(750, 920));
        assertThat(shares.stream()
                        .flatMap(List::stream)
                        .mapToInt(MicroBatch::tokens)
                        .sum())
                .isEqualTo(40 * 11);
        // 3 x 29 tokens are not worth a second thread
        assertThat(new Batcher(0, 600, 2, PAD).split(sequences.subList(9, 12))).hasSize(1);
    }

    @Test
    void limitsWorkAndGradientsByTheModel() {
        List<TrainingSequence> sequences =
                Stream.generate(() -> sequence(50, 51)).limit(400).toList();

        // 0.9 million parameters: 40,000 tokens are three times 16,384 at most
        DecoderConfig tiny = DecoderConfig.tiny(300);
        assertThat(Batcher.forModel(tiny, tiny.parameterCount(), 0, PAD, 1)
                        .split(sequences)
                        .get(0))
                .extracting(BatcherTest::rows)
                .containsExactly(133L, 134L, 133L);
        assertThat(Batcher.forModel(tiny, tiny.parameterCount(), 32, PAD, 1)
                        .split(sequences)
                        .get(0))
                .allSatisfy(batch -> assertThat(rows(batch)).isLessThanOrEqualTo(32));
        assertThat(Batcher.forModel(tiny, tiny.parameterCount(), 0, PAD, 8).split(sequences))
                .hasSize(8);
        // 13.6 million with this vocabulary: 6e11 / (6 x 13.6e6) = 7.4 thousand tokens of work; 36 of its gradients in
        // 2 GB
        DecoderConfig wide = DecoderConfig.tiny(100_000);
        assertThat(Batcher.forModel(wide, wide.parameterCount(), 0, PAD, 1)
                        .split(sequences)
                        .get(0))
                .hasSize(6);
        assertThat(Batcher.forModel(wide, wide.parameterCount(), 0, PAD, 64).workers())
                .isEqualTo(36);
        assertThat(Batcher.forModel(wide, wide.parameterCount(), 0, PAD, 0).workers())
                .isEqualTo(1);
        // an adapter's gradients are small
        assertThat(Batcher.forModel(wide, 100_000, 0, PAD, 64).workers()).isEqualTo(64);
    }

    @Test
    void computesThePromptOfAGroupOnce() {
        TrainingSequence first =
                TrainingSequence.sampled(new int[] {1, 2, 3}, new int[] {4, 5, 6}, 0.5, -1, new float[] {-1, -2, -3});
        TrainingSequence second = TrainingSequence.taught(new int[] {1, 2, 3}, new int[] {7}, 0.25);
        TrainingSequence other = TrainingSequence.taught(new int[] {8}, new int[] {4, 7}, 0.25);

        MicroBatch batch = MicroBatch.shared(List.of(first, other, second), PAD);

        assertThat(batch.inputs().get(0).values()).containsExactly(1, 2, 3, 8, PAD, PAD);
        assertThat(batch.inputs().get(1).values()).containsExactly(3, 1);
        assertThat(batch.inputs().get(2).values()).containsExactly(0, 1, 0);
        assertThat(batch.inputs().get(3).values()).containsExactly(4, 5, 4, PAD, PAD, PAD);
        // of the 6 prompt and 6 completion states: the last of the prompt, then those of the completion's own tokens
        assertThat(batch.positions()).containsExactly(2, 6, 7, 3, 8, 2);
        assertThat(batch.targets()).containsExactly(4, 5, 6, 4, 7, 7);
        assertThat(batch.oldLogProbs()).containsExactly(-1f, -2f, -3f, 0f, 0f, 0f);
        assertThat(batch.length()).isEqualTo(5);
        assertThat(computed(batch)).isEqualTo(12);
    }

    @Test
    void sharesPromptsWhereThatSavesEnough() {
        TrainingSequence[] group = Stream.generate(() -> new int[] {1, 2, 3, 4, 5, 6})
                .limit(4)
                .map(prompt -> TrainingSequence.taught(prompt, new int[4], 1))
                .toArray(TrainingSequence[]::new);
        List<TrainingSequence> sequences = new ArrayList<>(List.of(group));
        sequences.add(sequence(9, 5));

        List<MicroBatch> batches = only(new Batcher(0, 100, 1, PAD).split(sequences));
        // two prompts of 9 with padding, five completions of 4
        assertThat(batches).extracting(BatcherTest::computed).containsExactly(38);
        // 31 tokens are three times 15 at most: 9 + 4, and the group of 18 in two halves of 6 + 2 x 3
        assertThat(only(new Batcher(0, 15, 1, PAD).split(sequences)))
                .extracting(BatcherTest::computed)
                .containsExactly(13, 12, 12);
        // every prompt another one
        assertThat(only(new Batcher(0, 100, 1, PAD).split(List.of(sequence(9, 5), sequence(8, 5)))))
                .allSatisfy(batch -> assertThat(batch.inputs()).hasSize(1));
    }

    /** Over random steps: every token of every sequence is learned once, in whatever order they come. */
    @Test
    void everySequenceIsInOneMicroBatchWhateverTheOrder() {
        Random random = new Random(21);
        for (int trial = 0; trial < 200; trial++) {
            List<TrainingSequence> sequences = randomSequences(random);
            Batcher batcher = new Batcher(random.nextInt(0, 9), random.nextInt(20, 4000), random.nextInt(1, 4), PAD);
            long[] all = sequences.stream()
                    .flatMapToLong(s -> Arrays.stream(s.completion()).asLongStream())
                    .sorted()
                    .toArray();

            assertThat(learned(batcher.split(sequences))).containsExactly(all);
            Collections.shuffle(sequences, random);
            assertThat(learned(batcher.split(sequences))).containsExactly(all);
        }
    }

    /** No two of their completions' tokens are the same; some continue the same prompt. */
    private List<TrainingSequence> randomSequences(Random random) {
        List<TrainingSequence> sequences = new ArrayList<>();
        int token = 100;
        for (int prompt = random.nextInt(1, 6); prompt > 0; prompt--) {
            int[] shown = random.ints(random.nextInt(1, 60), 10, 100).toArray();
            for (int sample = random.nextInt(1, 9); sample > 0; sample--) {
                int[] completion =
                        IntStream.range(token, token + random.nextInt(1, 40)).toArray();
                token += completion.length;
                sequences.add(TrainingSequence.taught(shown, completion, 1));
            }
        }
        return sequences;
    }

    private static long[] learned(List<List<MicroBatch>> shares) {
        return shares.stream()
                .flatMap(List::stream)
                .flatMapToLong(batch -> Arrays.stream(batch.targets()))
                .sorted()
                .toArray();
    }
}
