package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.Architecture;
import org.realm4knime.engine.model.DecoderConfig;

class MemoryEstimateTest {

    /** SmolLM2-135M's shape: 134.5 million weights. */
    private static final DecoderConfig LARGE =
            DecoderConfig.uniform(Architecture.LLAMA, 49152, 576, 30, 9, 3, 64, 1536, 2048, 10_000, 1e-5, true);

    private static final Batcher BATCHER = new Batcher(0, 743, 2, 0);

    private static MemoryEstimate.Work allWeights(int longest, int rows) {
        return new MemoryEstimate.Work(LARGE.parameterCount(), 0, longest, longest, rows, false, false, null);
    }

    @Test
    void countsWhatTheOptimizerHolds() {
        MemoryEstimate estimate = MemoryEstimate.of(LARGE, allWeights(127, 4), BATCHER, false);

        // 134,515,008 weights: two moments and two workers' gradients of four bytes
        assertThat(LARGE.parameterCount()).isEqualTo(134_515_008L);
        assertThat(estimate.moments()).isEqualTo(1_076_120_064L);
        assertThat(estimate.gradients()).isEqualTo(1_076_120_064L);
        // measured: 2.6 GB in all
        assertThat(estimate.total()).isBetween(2_500_000_000L, 3_100_000_000L);
    }

    @Test
    void adaptersNeedLittleBesideTheCopyOfTheWeights() {
        MemoryEstimate.Work adapters = new MemoryEstimate.Work(2_000_000, 1, 127, 127, 4, false, false, null);
        MemoryEstimate estimate = MemoryEstimate.of(LARGE, adapters, BATCHER, false);

        assertThat(estimate.moments()).isEqualTo(16_000_000L);
        assertThat(estimate.copies()).isEqualTo(538_060_032L);
    }

    @Test
    void computingActivationsTwiceTakesLess() {
        MemoryEstimate kept = MemoryEstimate.of(LARGE, allWeights(512, 8), BATCHER, false);
        MemoryEstimate twice = MemoryEstimate.of(LARGE, allWeights(512, 8), BATCHER, true);

        assertThat(twice.activations()).isLessThan(kept.activations() / 2);
    }

    @Test
    void attentionOfLongSequencesGrowsWithTheirLengthAndNotWithItsSquare() {
        Batcher batcher = new Batcher(0, 1, 1, 0); // each sequence alone
        long none = MemoryEstimate.of(LARGE, allWeights(0, 1), batcher, false).activations();
        long once =
                MemoryEstimate.of(LARGE, allWeights(1024, 1), batcher, false).activations();
        long twice =
                MemoryEstimate.of(LARGE, allWeights(2048, 1), batcher, false).activations();

        // the logits made at a time do not grow: at most 3 x 130 x 49,152 values of four bytes
        assertThat((double) (twice - none)).isBetween(1.9 * (once - none), 2.0 * (once - none));
    }

    /** A sum of gradients, and those of the next micro-batch. */
    @Test
    void severalMicroBatchesAWorkerTakeASecondGradient() {
        // two workers together take 743 tokens at a time
        assertThat(MemoryEstimate.of(LARGE, allWeights(371, 2), BATCHER, false).gradients())
                .isEqualTo(1_076_120_064L);
        assertThat(MemoryEstimate.of(LARGE, allWeights(371, 3), BATCHER, false).gradients())
                .isEqualTo(2 * 1_076_120_064L);
        assertThat(MemoryEstimate.of(LARGE, allWeights(100, 4), new Batcher(1, 743, 2, 0), false)
                        .gradients())
                .as("one row a micro-batch")
                .isEqualTo(2 * 1_076_120_064L);
        MemoryEstimate.Work mixed = new MemoryEstimate.Work(LARGE.parameterCount(), 0, 20, 200, 3, false, false, null);
        assertThat(MemoryEstimate.of(LARGE, mixed, BATCHER, false).gradients())
                .as("cut where padding would cost more")
                .isEqualTo(2 * 1_076_120_064L);
    }

    /** Nine heads keep 255 weights a token in each of 30 layers, and one log-sum where attention is fused. */
    @Test
    void attentionThatIsNotFusedCountsItsWeights() {
        Batcher alone = new Batcher(0, 1, 1, 0);
        long fused = activations(new MemoryEstimate.Work(1, 0, 1000, 1000, 8, false, false, null), alone);
        long shared = activations(new MemoryEstimate.Work(1, 0, 1000, 1000, 8, true, false, null), alone);
        // at least the weights of every layer: 1,000 tokens x 30 layers x 9 heads x 1,000 in four bytes
        assertThat(shared - fused).isGreaterThan(4L * 1000 * 30 * 9 * (1000 - 1));

        // a thousand tokens in one long row and many of 255 each, of which a micro-batch may be made
        Batcher thousand = new Batcher(0, 1020, 1, 0);
        long mixed = activations(new MemoryEstimate.Work(1, 0, 20, 1020, 8, false, false, null), thousand);
        long shorter = activations(new MemoryEstimate.Work(1, 0, 255, 255, 8, false, false, null), thousand);
        assertThat(mixed).isGreaterThanOrEqualTo(shorter);
    }

    @Test
    void aTeacherNeedsRoomForWhatItReads() {
        MemoryEstimate.Reader teacher = new MemoryEstimate.Reader(LARGE, 1000, Batcher.forReading(LARGE, 0, 2));
        MemoryEstimate.Work taught = new MemoryEstimate.Work(1, 1, 127, 127, 4, false, false, teacher);
        long with = activations(taught, BATCHER);
        long without = activations(new MemoryEstimate.Work(1, 1, 127, 127, 4, false, false, null), BATCHER);

        // two rows of 1,000 tokens at a time (each too long for a worker's share), with at least gate, up and their
        // product;
        // 508 states; and its logits of 260 rows with their slopes
        long least = 4L * (2 * 1000 * 3 * 1536 + 508 * 576 + 2 * 260 * 49152);
        assertThat(with - without).isBetween(least, 2 * least);
    }

    private static long activations(MemoryEstimate.Work work, Batcher batcher) {
        return MemoryEstimate.of(LARGE, work, batcher, false).activations();
    }

    @Test
    void rolloutsAndGradientsShareTheirMemory() {
        MemoryEstimate.Work rollouts =
                new MemoryEstimate.Work(LARGE.parameterCount(), 2, 1, 500, 2000, true, true, null);
        MemoryEstimate estimate = MemoryEstimate.of(LARGE, rollouts, BATCHER, false);

        // keys and values of 3 heads of 64: a million tokens in 30 layers, and one more while rows change places; a
        // prompt
        // that is being read; and packed weights
        assertThat(estimate.rollouts()).isEqualTo((1_000_000L * 31 + 500 * 30) * 2 * 192 * 4 + 538_060_032L);
        assertThat(estimate.total()).isEqualTo(estimate.moments() + estimate.copies() + estimate.rollouts());
    }

    @Test
    void choosesTheWayThatFits() {
        MemoryEstimate.Work work = allWeights(512, 8);

        assertThat(MemoryEstimate.fitting(LARGE, work, BATCHER, OptionalLong.empty())
                        .checkpointed())
                .isFalse();
        assertThat(MemoryEstimate.fitting(LARGE, work, BATCHER, OptionalLong.of(16_000_000_000L))
                        .checkpointed())
                .isFalse();
        assertThat(MemoryEstimate.fitting(LARGE, work, BATCHER, OptionalLong.of(4_300_000_000L))
                        .checkpointed())
                .isTrue();
    }

    @Test
    void tellsWhatToDoWhenNothingFits() {
        assertThatThrownBy(() ->
                        MemoryEstimate.fitting(LARGE, allWeights(512, 8), BATCHER, OptionalLong.of(2_000_000_000L)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("only 2.0 GB is free")
                .hasMessageContaining("optimizer 1.1 GB")
                .hasMessageContaining("the longest sequence has 512 tokens")
                .hasMessageContaining("LoRA");
    }
}
