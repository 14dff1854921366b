package org.realm4knime.engine.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.problem.Loaded;

class RouteReaderTest {

    @TempDir
    Path folder;

    @Test
    void readsRecordedRoutesAndNumbersThoseWithoutANumber() throws IOException {
        Path file = Files.writeString(
                folder.resolve("routes.jsonl"),
                """
                {"problem id": "p", "source": "a", "text": "= 1", "answer": "1", "tokens": 2, "mean log-probability": \
                -0.5}
                {"problem_id": "p", "model": "a", "completion": "= 2"}
                {"problem id": "q", "text": "= 3", "route": 4}
                """);
        assertThat(RouteReader.read(file).rows())
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

    @Test
    void theReferenceAnswerIsNotTheRoutesAnswer() throws IOException {
        Path file = Files.writeString(
                folder.resolve("train.jsonl"),
                """
                {"id": "p", "question": "2 + 3?", "answer": "5", "rationale": "2 + 3 = 6. The answer is 6."}
                """);
        Loaded<Route> loaded = RouteReader.read(file);
        assertThat(loaded.rows())
                .containsExactly(
                        new Route("p", "recorded", 0, "2 + 3 = 6. The answer is 6.", null, 0, Double.NaN, null));
        assertThat(loaded.warnings())
                .singleElement()
                .asString()
                .contains("'answer' was taken for the problems' reference answer", "'route answer'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"route answer", "route_answer", "predicted", "Prediction", "model answer", "extracted_answer"})
    void aColumnNamedAsTheRoutesAnswerIs(String name) throws IOException {
        Path file = Files.writeString(
                folder.resolve("routes.csv"), "problem id,text,answer," + name + "\np,so 6,5,6\nq,so 7,7,\n");
        Loaded<Route> loaded = RouteReader.read(file);
        assertThat(loaded.rows()).extracting(Route::answer).containsExactly("6", null);
    }

    @Test
    void aListOfTextsMakesARouteEach() throws IOException {
        Path file = Files.writeString(
                folder.resolve("routes.jsonl"),
                "{\"id\": 1.0, \"model\": \"m\", \"generations\": [\"so 5\", \"so 6\"], \"answer\": 5}\n"
                        + "{\"id\": 1, \"model\": \"m\", \"generations\": [\"so 7\"]}");
        assertThat(RouteReader.read(file).rows())
                .containsExactly(
                        new Route("1", "m", 0, "so 5", null, 0, Double.NaN, null),
                        new Route("1", "m", 1, "so 6", null, 0, Double.NaN, null),
                        new Route("1", "m", 2, "so 7", null, 0, Double.NaN, null));
    }

    @Test
    void aRouteThatFailedNeedsNoText() throws IOException {
        Path file = Files.writeString(folder.resolve("routes.csv"), "problem id,text,error\np,,timed out\n");
        assertThat(RouteReader.read(file).rows()).singleElement().matches(Route::failed);
    }

    @Test
    void routesWithoutAProblemAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("routes.csv"), "case,text\np,so 5\n");
        assertThatThrownBy(() -> RouteReader.read(file))
                .hasMessageContainingAll("line 2", "no problem id", "the record has case, text", "Rename the field");
    }
}
