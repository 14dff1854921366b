package org.realm4knime.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.EngineException;

class TorchTest {

    private final TorchSettings before = Torch.settings();

    @AfterEach
    void restore() {
        Torch.configure(before);
    }

    @Test
    void threadsCanBeChangedWhileItRuns() {
        assertThat(Torch.description()).matches("PyTorch \\d+\\.\\d+\\.\\d+ on .*");

        Torch.configure(before.withThreads(1));

        assertThat(Torch.description()).endsWith(", 1 thread");
    }

    @Test
    void cudaFallsBackToTheProcessorWithThePackagedLibrary() {
        Torch.configure(
                new TorchSettings(DevicePreference.CUDA, before.threads(), before.cacheFolder(), before.library()));

        assertThat(Torch.device().isGpu()).isFalse();
    }

    @Test
    void anotherLibraryNeedsANewProcess() {
        Torch.device();

        assertThatThrownBy(() -> Torch.configure(before.withLibrary(Path.of("elsewhere"))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Restart");
        assertThatThrownBy(() -> Torch.configure(
                        new TorchSettings(before.device(), before.threads(), Path.of("elsewhere"), before.library())))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void aTensorThatNoMemoryHoldsIsToldInWords() {
        try (TensorScope scope = new TensorScope()) {
            assertThatThrownBy(() -> scope.zeros(1L << 46))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("not enough memory")
                    .hasMessageContaining("smaller batch");
        }
    }

    @Test
    void refusesANegativeNumberOfThreads() {
        assertThatThrownBy(() -> before.withThreads(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
