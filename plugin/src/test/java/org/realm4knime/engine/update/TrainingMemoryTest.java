package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.realm4knime.engine.model.Architecture;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LoraSettings;

class TrainingMemoryTest {

    /** SmolLM2-135M's shape. */
    private static final DecoderConfig CONFIG =
            DecoderConfig.uniform(Architecture.LLAMA, 49152, 576, 30, 9, 3, 64, 1536, 2048, 10_000, 1e-5, true);

    private static final LoraSettings LORA = LoraSettings.of(16, 32);

    private static long of(LoraSettings lora, Workload work) {
        return TrainingMemory.of(CONFIG, lora, 0, work);
    }

    @Test
    void anAdapterHasTwoThinMatricesBesideEachProjection() {
        // of 30 layers: query and output 576 to 576, key and value 576 to 192, gate, up and down 576 and 1536
        int rows = 2 * (576 + 576) + 2 * (576 + 192) + 3 * (576 + 1536);

        assertThat(LORA.parameterCount(CONFIG)).isEqualTo(30L * 16 * rows);
    }

    @Test
    void anAdapterSavesTheMomentsAndGradientsOfTheWeightsAndACopyOfThem() {
        Workload work = Workload.of(256, 256, 8).withCopy(true);

        // 130 million values fewer, each with two moments, a gradient and a copy of four bytes
        assertThat(of(null, work) - of(LORA, work)).isGreaterThan(130_000_000L * 16);
    }

    @Test
    void longTextsTakeMoreThanShortOnes() {
        assertThat(of(LORA, Workload.of(1024, 1024, 8))).isGreaterThan(of(LORA, Workload.of(256, 256, 8)));
    }
}
