package org.realm4knime.engine.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {

    @TempDir
    Path folder;

    @Test
    void readsRulesAndKnowsWhereTheyApply() throws IOException {
        Path file = Files.writeString(
                folder.resolve("rules.csv"), "id,text,applies to\nR1,Be exact.,\nR2,Round down.,tax\n");
        List<Rule> rules = RuleReader.read(file).rows();
        assertThat(rules).containsExactly(new Rule("R1", "Be exact.", null), new Rule("R2", "Round down.", "tax"));
        assertThat(Rule.textsFor(new Problem("p", "q", "a", null, "tax"), rules))
                .containsExactly("Be exact.", "Round down.");
        assertThat(Rule.textsFor(new Problem("p", "q", "a", null, "law"), rules))
                .containsExactly("Be exact.");
    }

    @ParameterizedTest
    @CsvSource({"rules.csv,'id,text\n'", "rules.csv,''", "rules.jsonl,''", "rules.json,[]"})
    void aFileWithoutRulesIsADomainWithoutRules(String name, String content) throws IOException {
        Loaded<Rule> loaded = RuleReader.read(Files.writeString(folder.resolve(name), content));
        assertThat(loaded.rows()).isEmpty();
        assertThat(loaded.warnings()).singleElement().asString().contains(name + " holds no rules");
    }

    @Test
    void refusesTwoRulesOfOneId() throws IOException {
        Path file = Files.writeString(
                folder.resolve("rules.jsonl"), "{\"id\": \"R\", \"text\": \"a\"}\n{\"id\": \"R\", \"text\": \"b\"}");
        assertThatThrownBy(() -> RuleReader.read(file)).hasMessageContaining("rules.jsonl, line 2");
    }
}
