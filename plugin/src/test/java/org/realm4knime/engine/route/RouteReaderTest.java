package org.realm4knime.engine.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteReaderTest {

    @TempDir
    Path folder;

    @Test
    void readsRecordedRoutesAndNumbersThoseWithoutANumber() throws IOException {
        Path file = Files.writeString(
                folder.resolve("routes.jsonl"),
                """
                {"problem id": "p", "source": "a", "text": "= 1", "answer": "1", "tokens": 2, "mean log-probability": -0.5}
                {"problem_id": "p", "model": "a", "completion": "= 2"}
                {"problem id": "q", "text": "= 3", "route": 4}
                """);
        assertThat(RouteReader.read(file))
                .containsExactly(
                        new Route("p", "a", 0, "= 1", "1", 2, -0.5, null),
                        new Route("p", "a", 1, "= 2", null, 0, Double.NaN, null),
                        new Route("q", "recorded", 4, "= 3", null, 0, Double.NaN, null));
    }

    @Test
    void aNumberThatIsNoneIsNamed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("routes.jsonl"), "{\"problem id\": \"p\", \"text\": \"x\", \"tokens\": \"many\"}");
        assertThatThrownBy(() -> RouteReader.read(file))
                .hasMessageContaining("routes.jsonl, line 1")
                .hasMessageContaining("'many', which is no number");
    }
}
