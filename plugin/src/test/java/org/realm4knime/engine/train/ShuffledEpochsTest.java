package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.update.RandomStreams.Purpose;

class ShuffledEpochsTest {

    private static int[] epoch(ShuffledEpochs order, int number, int size) {
        return IntStream.range(0, size)
                .map(i -> order.at((long) number * size + i))
                .toArray();
    }

    @Test
    void visitsEveryItemOnceAnEpoch() {
        ShuffledEpochs order = new ShuffledEpochs(20, 7, Purpose.ORDER);
        int[] all = IntStream.range(0, 20).toArray();

        assertThat(epoch(order, 0, 20)).containsExactlyInAnyOrder(all).isNotEqualTo(all);
        assertThat(epoch(order, 1, 20)).containsExactlyInAnyOrder(all).isNotEqualTo(epoch(order, 0, 20));
    }

    @Test
    void dependsOnSeedPurposeAndPositionAlone() {
        ShuffledEpochs order = new ShuffledEpochs(20, 7, Purpose.ORDER);
        int[] third = epoch(order, 2, 20);
        epoch(order, 0, 20);

        assertThat(epoch(order, 2, 20)).isEqualTo(third);
        assertThat(epoch(new ShuffledEpochs(20, 7, Purpose.ORDER), 2, 20)).isEqualTo(third);
        assertThat(epoch(new ShuffledEpochs(20, 8, Purpose.ORDER), 2, 20)).isNotEqualTo(third);
        assertThat(epoch(new ShuffledEpochs(20, 7, Purpose.REPLAY_ORDER), 2, 20))
                .isNotEqualTo(third);
    }
}
