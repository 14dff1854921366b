package org.realm4knime.engine.model.gguf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.WholeFile;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;

/**
 * Writes a model as one GGUF file, with all that running it needs: shape, weights, tokenizer, chat template and end
 * tokens; and a Modelfile for Ollama beside it. A LoRA adapter is merged into the weights.
 */
public final class GgufExport {

    private static final String EXTENSION = ".gguf";
    /** Version of the layout of quantised blocks. */
    private static final int QUANTIZATION_VERSION = 2;

    private GgufExport() {}

    /**
     * What was written.
     *
     * @param file the GGUF file
     * @param warnings what the file cannot say, in plain words; empty if nothing
     */
    public record Written(Path file, List<String> warnings) {}

    /** Name of the file that a model is written to, for example {@code trained-Q8_0.gguf}. */
    public static String fileName(String modelName, GgufType type) {
        String plain = modelName.strip().replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[-.]+|-+$", "");
        return (plain.isEmpty() ? "model" : plain) + "-" + type + EXTENSION;
    }

    /**
     * Writes the file and the Modelfile, which replace those of the same names once all is written and checked.
     *
     * @param directory the folder, made if it is not there
     * @param type number format of the weights; norms and biases stay float32
     * @throws EngineException if the format cannot express the model, the file differs from it, or cannot be written
     * @throws CanceledJobException if the user asked to stop; nothing is left then
     */
    public static Written write(LanguageModel model, Path directory, GgufType type, Progress progress)
            throws CanceledJobException {
        GgufDecoder decoder = new GgufDecoder(model.config());
        GgufMetadata metadata = new GgufMetadata();
        decoder.describe(metadata);
        metadata.put("general.type", "model")
                .put("general.name", model.name())
                .put("general.file_type", type.fileType())
                .put("general.quantization_version", QUANTIZATION_VERSION);
        List<String> unexpressed = describeTexts(model, metadata);
        List<GgufTensor> tensors = decoder.tensors(model, type);
        Path file = directory.resolve(fileName(model.name(), type));
        Path part = directory.resolve(file.getFileName() + ".part");
        try {
            Files.createDirectories(directory);
            try {
                GgufWriter.write(part, metadata, tensors, progress.sub(0, 0.9));
                progress.report(0.9, "Comparing the file with the model");
                GgufCheck.of(model, part, tensors, unexpressed, progress);
                WholeFile.write(directory.resolve(Modelfile.NAME), modelfile(model, file, metadata));
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new EngineException(
                    "The model cannot be written to '" + file + "': " + IoReason.of(e)
                            + ". Check the free space on the disk.",
                    e);
        }
        return new Written(file, warnings(unexpressed));
    }

    /** Says how texts become tokens, conversations texts, and what ends them; returns end tokens without a place. */
    private static List<String> describeTexts(LanguageModel model, GgufMetadata metadata) {
        TextTokenizer tokenizer = model.tokenizer();
        GgufVocabulary vocabulary = new GgufVocabulary(tokenizer, model.config().vocabSize());
        vocabulary.describe(metadata);
        Optional<Integer> eos = vocabulary.id(tokenizer.eosToken());
        List<String> unexpressed = StopTokens.describe(metadata, eos, tokenizer.stopIds(), vocabulary.tokens());
        metadata.put(GgufVocabulary.PREFIX + "padding_token_id", tokenizer.padId());
        vocabulary.id(tokenizer.bosToken()).ifPresent(id -> metadata.put(GgufVocabulary.BOS, id));
        metadata.put(GgufVocabulary.ADD_BOS, begins(tokenizer))
                .put(GgufVocabulary.PREFIX + "add_eos_token", false)
                .put(
                        "tokenizer.chat_template",
                        tokenizer.hasChatTemplate() ? tokenizer.chatTemplate() : ChatFrame.PLAIN);
        return unexpressed;
    }

    /** Whether the prompts that the model was trained on begin with the begin token. */
    private static boolean begins(TextTokenizer tokenizer) {
        return !tokenizer.bosToken().isEmpty() && tokenizer.chatPrompt("1").startsWith(tokenizer.bosToken());
    }

    private static String modelfile(LanguageModel model, Path file, GgufMetadata metadata) {
        TextTokenizer tokenizer = model.tokenizer();
        List<String> tokens = metadata.texts(GgufVocabulary.TOKENS);
        Optional<ChatFrame> frame =
                ChatFrame.of(tokenizer).map(found -> begins(tokenizer) ? found.without(tokenizer.bosToken()) : found);
        return Modelfile.of(
                file.getFileName().toString(),
                frame,
                Arrays.stream(tokenizer.stopIds()).mapToObj(tokens::get).toList(),
                model.config().maxPositions());
    }

    private static List<String> warnings(List<String> unexpressed) {
        return unexpressed.isEmpty()
                ? List.of()
                : List.of("GGUF has no place for so many end tokens. llama.cpp will not stop at "
                        + String.join(", ", unexpressed) + ". Give them to it as texts to stop at; the Modelfile has"
                        + " them for Ollama.");
    }
}
