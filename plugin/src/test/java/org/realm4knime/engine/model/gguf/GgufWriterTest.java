package org.realm4knime.engine.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

/** The layout of files against a file of the Python package gguf, made by bench/golden/gguf_bytes.py. */
class GgufWriterTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "gguf", "small.gguf");

    @TempDir
    private Path folder;

    @Test
    void bytesAreThoseOfThePythonPackage() throws Exception {
        Path file = folder.resolve("small.gguf");
        GgufWriter.write(file, metadata(), tensors(), Progress.silent());

        assertThat(file).hasBinaryContent(Files.readAllBytes(GOLDEN));
    }

    @Test
    void theFileOfThePythonPackageIsRead() {
        GgufFile file = GgufFile.read(GOLDEN);

        assertThat(file.metadata().values()).containsAllEntriesOf(metadata().values());
        assertThat(file.tensors().get("block").shape()).containsExactly(32L, 3L);
        assertThat(file.rows("vector", 0, 1)).containsExactly(ramp(0, 5));
        assertThat(file.rows("half", 1, 2)).containsExactly(ramp(32, 64));
    }

    @Test
    void whatIsNoGgufFileIsRefused() throws Exception {
        Path file = folder.resolve("cut.gguf");
        byte[] bytes = Files.readAllBytes(GOLDEN);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 64));
        assertThatThrownBy(() -> GgufFile.read(file))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("cut.gguf")
                .hasMessageContaining("needs");
        Files.writeString(file, "<html>not found</html>");
        assertThatThrownBy(() -> GgufFile.read(file)).hasMessageContaining("does not begin as one of version 3");
    }

    @Test
    void weightsOutOfRangeAreNamed() {
        for (float weight : new float[] {70_000f, Float.NaN}) {
            GgufTensor tensor = new GgufTensor(
                    "blk.0.ffn_up.weight", GgufType.F16, 1, 2, false, 1, (first, count) -> new float[] {1, weight});
            assertThatThrownBy(() -> GgufWriter.write(
                            folder.resolve("large"), new GgufMetadata(), List.of(tensor), Progress.silent()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("blk.0.ffn_up.weight");
        }
    }

    private static GgufMetadata metadata() {
        return new GgufMetadata()
                .put("general.architecture", "llama")
                .put("llama.block_count", 2)
                .put("llama.rope.freq_base", 10_000f)
                .put("tokenizer.ggml.add_bos_token", true)
                .put("general.name", "Größe")
                .putTexts("tokenizer.ggml.tokens", List.of("<s>", "Ġa", "é"))
                .putIntegers("tokenizer.ggml.token_type", List.of(3, 1, 1))
                .putFloats("tokenizer.ggml.scores", List.of(0f, -1f, -2.5f));
    }

    private static List<GgufTensor> tensors() {
        return List.of(
                new GgufTensor("vector", GgufType.F32, 1, 5, true, 1, (first, count) -> ramp(0, 5)),
                matrix("half", GgufType.F16),
                matrix("upper", GgufType.BF16),
                matrix("block", GgufType.Q8_0));
    }

    private static GgufTensor matrix(String name, GgufType type) {
        return new GgufTensor(name, type, 3, 32, false, 1, (first, count) -> ramp(first * 32, count * 32));
    }

    private static float[] ramp(int from, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (from + i - 50) / 8f;
        }
        return values;
    }
}
