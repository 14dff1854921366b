package org.realm4knime.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainFolderTest {

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = DomainFiles.smallest(temp.resolve("sums"));
    }

    private Domain open() throws IOException {
        return DomainFolder.open(folder, temp.resolve("work"), false);
    }

    @Test
    void threeFilesAreEnough() throws IOException {
        Domain domain = open();
        assertThat(domain.name()).isEqualTo("sums");
        assertThat(domain.about().answerKind()).isEqualTo("NUMBER");
        assertThat(DomainFiles.names(domain.data()))
                .contains("train.jsonl", "test.jsonl", "routes_train.jsonl", "base.jsonl", "tokenizer")
                .doesNotContain("harder.jsonl", "routes_test.jsonl", "balanced.jsonl");
        assertThat(domain.data().resolve("rules.jsonl")).isEmptyFile();
        assertThat(domain.has("rules.jsonl")).isFalse();
        assertThat(domain.isWritten("rules.jsonl")).isTrue();
        assertThat(domain.notes())
                .anyMatch(note -> note.contains("taken as NUMBER"))
                .anyMatch(note -> note.startsWith("No training problem has a rationale"));
        assertThat(Files.readString(domain.data().resolve("base.jsonl")))
                .contains("1 + 1 = 2 . The answer is 2 .")
                .doesNotContain("1 + 1 = 3");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        Files.delete(folder.resolve("test.jsonl"));
        assertThatThrownBy(this::open).hasMessageContaining(folder.toString()).hasMessageContaining("test.jsonl");
    }

    @Test
    void aRowThatCannotBeReadIsNamedWithItsFile() throws IOException {
        DomainFiles.write(
                folder, "test.jsonl", "{\"id\": \"e1\", \"question\": \"1 + 1\"," + " \"answer\": \"2\"}\n{\"id\": \n");
        assertThatThrownBy(this::open).hasMessageContaining("test.jsonl").hasMessageContaining("line 2");
        DomainFiles.write(folder, "test.jsonl", "{\"id\": \"e1\", \"question\": \"1 + 1\"}\n");
        assertThatThrownBy(this::open).hasMessageContaining("test.jsonl, problem 1 (id e1) has no answer");
    }

    @Test
    void aRouteWithoutTextIsNamedWithItsRow() throws IOException {
        DomainFiles.write(folder, "routes_train.csv", "problem id,source\nt1,hasty\n");
        assertThatThrownBy(this::open).hasMessageContaining("routes_train.csv").hasMessageContaining("2");
    }

    @Test
    void routesToOtherProblemsAreRefused() throws IOException {
        DomainFiles.write(folder, "routes_train.csv", "problem id,source,text\nx7,hasty,The answer is 3 .\n");
        assertThatThrownBy(this::open)
                .hasMessageContaining("'x7'")
                .hasMessageContaining("'t1'")
                .hasMessageContaining("problem id");
    }

    @Test
    void problemsWithoutRoutesAndQuestionsThatComeAgainAreNoted() throws IOException {
        DomainFiles.write(
                folder,
                "routes_train.csv",
                "problem id,source,text\nt1,a,1 + 1 = 2 . The answer is 2 .\nt2,a,2 + 1 = 3 . The answer is 3 .\n");
        DomainFiles.write(
                folder, "test.jsonl", "{\"id\": \"e1\", \"question\": \"What is 1 + 1 ?\"," + " \"answer\": \"2\"}\n");
        assertThat(open().notes())
                .contains("8 of 10 train problems have no route.", "1 of 1 test problems are asked in training too.");
    }

    @Test
    void theDescriptionSaysHowTheDomainIsTreated() throws IOException {
        DomainFiles.write(
                folder,
                "domain.json",
                "{\"name\": \"leave\", \"answerKind\": \"LABEL\", \"labels\": [\"approve\", \"decline\"],"
                        + " \"maxNewTokens\": 32}");
        Domain domain = open();
        assertThat(domain.name()).isEqualTo("leave");
        assertThat(domain.settings())
                .contains(
                        "Benchmark Evaluator/answers/kind=LABEL",
                        "Benchmark Evaluator/answers/labels=approve, decline",
                        "ReaLM Trainer/maxNewTokens=32");
    }

    @Test
    void aDescriptionThatMakesNoSenseIsRefused() throws IOException {
        DomainFiles.write(folder, "domain.json", "{\"answerKind\": \"COLOUR\"}");
        assertThatThrownBy(this::open).hasMessageContaining("domain.json").hasMessageContaining("'COLOUR'");
        DomainFiles.write(folder, "domain.json", "{\"model\": {\"layers\": 2}}");
        assertThatThrownBy(this::open).hasMessageContaining("domain.json").hasMessageContaining("hiddenSize");
    }

    @Test
    void anExampleThatCannotBeReadIsNamedWithItsRow() throws IOException {
        DomainFiles.write(folder, "examples.jsonl", "{\"prompt\": \"a\", \"completion\": \"b\"}\n{\"prompt\n");
        assertThatThrownBy(this::open).hasMessageContaining("examples.jsonl").hasMessageContaining("line 2");
    }
}
