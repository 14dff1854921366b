package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.model.DecoderConfig;

class BatcherTest {

    private static final int PAD = 9;

    private static TrainingSequence sequence(int promptLength, int completionLength) {
        return TrainingSequence.supervised(new int[promptLength], new int[completionLength], 1);
    }

    @Test
    void laysSequencesOutForTheLoss() {
        TrainingSequence longer =
                new TrainingSequence(new int[] {1, 2, 3}, new int[] {4, 5}, 0.5, -1, new float[] {-0.1f, -0.2f});
        TrainingSequence shorter = new TrainingSequence(new int[] {6}, new int[] {7}, 0.25, 2, new float[] {-0.3f});

        MicroBatch batch = MicroBatch.of(List.of(longer, shorter), PAD);

        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.length()).isEqualTo(4);
        // the last token of a row is predicted, never read
        assertThat(batch.ids()).containsExactly(1, 2, 3, 4, 6, PAD, PAD, PAD);
        // the last prompt token predicts the first completion token
        assertThat(batch.positions()).containsExactly(2, 3, 4);
        assertThat(batch.targets()).containsExactly(4, 5, 7);
        assertThat(batch.scale()).containsExactly(0.5f, 0.5f, 0.25f);
        assertThat(batch.advantage()).containsExactly(-1f, -1f, 2f);
        assertThat(batch.oldLogProbs()).containsExactly(-0.1f, -0.2f, -0.3f);
    }

    @Test
    void putsSequencesOfSimilarLengthTogether() {
        List<MicroBatch> batches = new Batcher(2, 1000, PAD)
                .split(List.of(sequence(3, 2), sequence(9, 4), sequence(4, 2), sequence(8, 4)));

        assertThat(batches).extracting(MicroBatch::length).containsExactly(12, 5);
        assertThat(batches).extracting(MicroBatch::rows).containsExactly(2, 2);
    }

    @Test
    void keepsToTheTokenLimit() {
        List<MicroBatch> batches =
                new Batcher(0, 20, PAD).split(List.of(sequence(30, 2), sequence(5, 5), sequence(5, 5), sequence(5, 5)));

        // one that is longer than the limit goes alone; rows of 9 tokens go in twos
        assertThat(batches).extracting(MicroBatch::rows).containsExactly(1, 2, 1);
    }

    @Test
    void limitsWorkAndLogitsByTheModel() {
        List<TrainingSequence> sequences = Collections.nCopies(400, sequence(50, 51));

        // 0.9 million parameters: 16,384 tokens make 163 rows of 100
        DecoderConfig tiny = DecoderConfig.tiny(300);
        assertThat(Batcher.forModel(tiny, 0, PAD, false).split(sequences).get(0).rows())
                .isEqualTo(163);
        assertThat(Batcher.forModel(tiny, 32, PAD, false)
                        .split(sequences)
                        .get(0)
                        .rows())
                .isEqualTo(32);
        // 7.1 million with this vocabulary: 2e11 / (6 x 7.1e6) = 4.7 thousand tokens of work, 1,342 of logits
        DecoderConfig wide = DecoderConfig.tiny(50_000);
        assertThat(Batcher.forModel(wide, 0, PAD, false).split(sequences).get(0).rows())
                .isEqualTo(13);
    }
}
