package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleReaderTest {

    @TempDir
    Path folder;

    @Test
    void readsExamplesAndWeighsThemOneWithoutAWeight() throws IOException {
        Path file = Files.writeString(
                folder.resolve("examples.jsonl"),
                """
                {"prompt": "2 + 3 :", "completion": "= 5", "weight": 0.5}
                {"instruction": "1 + 1 :", "output": "= 2"}
                """);
        assertThat(ExampleReader.read(file))
                .containsExactly(
                        new SupervisedExample("2 + 3 :", "= 5", 0.5), new SupervisedExample("1 + 1 :", "= 2", 1));
    }

    @Test
    void namesTheLineOfAWeightThatIsNotAboveZero() throws IOException {
        Path file = Files.writeString(
                folder.resolve("examples.jsonl"),
                """
                {"prompt": "a", "completion": "b"}
                {"prompt": "a", "completion": "b", "weight": 0}
                """);
        assertThatThrownBy(() -> ExampleReader.read(file))
                .hasMessageContaining("examples.jsonl, line 2")
                .hasMessageContaining("weight is 0.0");
    }
}
