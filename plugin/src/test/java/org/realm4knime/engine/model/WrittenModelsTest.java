package org.realm4knime.engine.model;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.Progress;

/**
 * Writes models of every architecture and number format, with the logits that the engine computes for them, so that
 * bench/golden/check_written.py can load them in transformers and compare. That script says where to write; without it
 * there is nothing to do here.
 */
@EnabledIfSystemProperty(named = WrittenModelsTest.FOLDER, matches = ".+")
class WrittenModelsTest {

    static final String FOLDER = "realm.written";
    static final String MODEL = "realm.model";

    private static final Path TOKENIZER = Path.of("..", "examples", "build-tiny-models", "data", "tokenizer");
    private static final String TEXT = "A gold member returns a laptop priced 240 after 14 days.";

    private record Logits(String text, int[] ids, float[][] logits, String prompt) {}

    static Stream<Arguments> models() {
        return GoldenModel.names()
                .flatMap(name -> Stream.of(WeightType.values()).map(type -> Arguments.of(name, type)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void writesAModelThatWasRead(String name, WeightType type) throws IOException {
        try (LanguageModel model = LanguageModel.read(GoldenModel.directory(name))) {
            write(model, type, name);
        }
    }

    @Test
    void writesANewModel() throws IOException {
        DecoderConfig config = DecoderConfig.tiny(TextTokenizer.read(TOKENIZER).vocabSize());
        try (LanguageModel model = LanguageModel.create(config, TOKENIZER, 17)) {
            write(model, WeightType.BFLOAT16, "new");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = MODEL, matches = ".+")
    void writesAModelOfTheUser() throws IOException {
        Path directory = Path.of(System.getProperty(MODEL));
        try (LanguageModel model = LanguageModel.read(directory)) {
            write(model, WeightType.BFLOAT16, directory.getFileName().toString());
        }
    }

    /** Writes a model and the logits that it has when it is read again: 16-bit formats round. */
    private static void write(LanguageModel model, WeightType type, String name) throws IOException {
        Path directory = Path.of(System.getProperty(FOLDER), name + "-as-" + type.torchName());
        Progress.unwatched(progress -> {
            model.write(directory, type, progress);
            return directory;
        });
        try (LanguageModel written = LanguageModel.read(directory)) {
            int[] ids = written.tokenizer().encode(TEXT);
            String prompt = written.tokenizer().chatPrompt(TEXT);
            Logits logits = new Logits(TEXT, ids, DecoderTest.logits(written, ids)[0], prompt);
            Files.writeString(directory.resolve("engine-logits.json"), new Gson().toJson(logits));
        }
    }
}
