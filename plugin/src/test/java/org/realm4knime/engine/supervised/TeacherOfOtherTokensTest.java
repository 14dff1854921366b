package org.realm4knime.engine.supervised;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelFixtures;
import org.realm4knime.engine.update.TinyModels;

/** What is said of a teacher whose token distributions are not over the student's tokens. */
class TeacherOfOtherTokensTest {

    @TempDir
    private Path folder;

    private LanguageModel student;

    @BeforeEach
    void createStudent() {
        student = TinyModels.micro(folder.resolve("student"), 1);
    }

    @AfterEach
    void closeStudent() {
        student.close();
    }

    @Test
    void aTeacherOfTheSameTokensMayHaveAnotherShape() {
        try (LanguageModel teacher = TinyModels.small(folder.resolve("teacher"), 1)) {
            assertThatCode(() -> teaching(teacher).requireFor(student, 1)).doesNotThrowAnyException();
        }
    }

    @Test
    void anotherTokenizerIsNamedEvenWithAsManyTokens() throws IOException {
        String words = Files.readString(folder.resolve("student/tokenizer.json"));
        writeOther("tokenizer.json", words.replace("\"wrong\"", "\"false\""));
        assertRefused(student.config(), "other", "has other tokens than the student " + student.name());
    }

    /** As in families that pad the embedding of larger models further. */
    @Test
    void anotherVocabularySizeIsNamed() {
        assertRefused(
                withVocabulary(student.config(), TinyModels.vocabSize() + 3),
                "student",
                "has a vocabulary of 25 tokens, and the student " + student.name() + " one of 22");
    }

    @Test
    void anotherEndTokenIsNamed() {
        writeOther("tokenizer_config.json", "{\"eos_token\": \"=\", \"pad_token\": \"<pad>\"}");
        assertRefused(
                student.config(), "other", "ends a text with token 13, and the student " + student.name() + " with 1");
    }

    /** A folder of the student's tokenizer but for one file. */
    private void writeOther(String file, String content) {
        TinyModels.micro(folder.resolve("other"), 1).close();
        ModelFixtures.write(folder.resolve("other").resolve(file), content);
    }

    private void assertRefused(DecoderConfig config, String tokenizer, String message) {
        try (LanguageModel teacher = LanguageModel.create(config, folder.resolve(tokenizer), 1)) {
            assertThatThrownBy(() -> teaching(teacher).requireFor(student, 1))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining("Set their share to 0, or choose a teacher of the student's family.");
        }
    }

    private static TeacherDistribution teaching(LanguageModel teacher) {
        return new TeacherDistribution(teacher, 0.5, List.of("2 + 2 :"));
    }

    private static DecoderConfig withVocabulary(DecoderConfig config, int tokens) {
        return new DecoderConfig(
                config.architecture(),
                tokens,
                config.hiddenSize(),
                config.heads(),
                config.kvHeads(),
                config.headDim(),
                config.intermediateSize(),
                config.maxPositions(),
                config.attention(),
                config.scoreDivisor(),
                config.rmsNormEps(),
                config.tiedEmbeddings());
    }
}
