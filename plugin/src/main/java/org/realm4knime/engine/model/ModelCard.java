package org.realm4knime.engine.model;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;

/**
 * What is to be known of a model before it is used, read from its directory without loading its weights.
 *
 * @param config its shape
 * @param precisions number formats of the weights on disk, by their names in safetensors: {@code F32}, {@code BF16},
 *     ...
 * @param weightBytes size of the weights on disk
 * @param tokens number of tokens of its tokenizer
 * @param chatTemplate whether the tokenizer brings a chat template
 * @param prompt how its prompts are written
 * @param ownPrompt whether the directory says so, or the usual way is taken
 * @param licence name of its licence, as the front matter of its README.md gives it
 * @param baseModel the model that it was made from, as the front matter gives it
 */
public record ModelCard(
        DecoderConfig config,
        Set<String> precisions,
        long weightBytes,
        int tokens,
        boolean chatTemplate,
        PromptFormat prompt,
        boolean ownPrompt,
        Optional<String> licence,
        Optional<String> baseModel) {

    private static final String CONFIG = "config.json";
    private static final String README = "README.md";
    /** Bytes; longer ones are no model cards. */
    private static final long LONGEST_README = 1 << 20;

    private static final Pattern FRONT_MATTER = Pattern.compile("\\A---\\R(.*?)\\R---", Pattern.DOTALL);

    /**
     * Reads the card of a model.
     *
     * @param directory Hugging Face directory
     * @param origin directory with the model's README.md, where that is another one; a README.md is not needed
     * @throws EngineException if the directory holds no model that can be used
     */
    public static ModelCard read(Path directory, Path origin) {
        JsonObject config = JsonFiles.readObject(directory.resolve(CONFIG));
        TextTokenizer tokenizer = TextTokenizer.read(directory);
        Set<String> precisions = new TreeSet<>();
        long bytes = 0;
        for (Path file : weights(directory)) {
            try (SafetensorsFile weights = SafetensorsFile.open(file)) {
                for (SafetensorsFile.Entry entry : weights.entries().values()) {
                    precisions.add(entry.type());
                    bytes += entry.end() - entry.begin();
                }
            }
        }
        String matter = frontMatter(origin.resolve(README));
        return new ModelCard(
                DecoderConfig.fromJson(config, directory.resolve(CONFIG)),
                precisions,
                bytes,
                tokenizer.vocabSize(),
                tokenizer.hasChatTemplate(),
                PromptFormat.read(directory),
                PromptFormat.isIn(directory),
                entry(matter, "license"),
                entry(matter, "base_model"));
    }

    private static Iterable<Path> weights(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new EngineException("The model folder '" + directory + "' cannot be read: " + IoReason.of(e), e);
        }
    }

    /** The YAML at the head of a README.md; empty if there is none. */
    static String frontMatter(Path readme) {
        try {
            Matcher matter = FRONT_MATTER.matcher(isReadable(readme) ? Files.readString(readme) : "");
            return matter.find() ? matter.group(1) : "";
        } catch (IOException e) {
            return ""; // a README that cannot be read is no reason not to use the model
        }
    }

    private static boolean isReadable(Path readme) throws IOException {
        return Files.isRegularFile(readme) && Files.size(readme) <= LONGEST_README;
    }

    /** The value of a key at the top level: a scalar, or the first of a list. */
    static Optional<String> entry(String matter, String key) {
        Matcher line = Pattern.compile("(?m)^" + key + ":[ \\t]*(?:\\R[ \\t]*-[ \\t]*)?([^\\r\\n#]+)")
                .matcher(matter);
        return line.find()
                ? Optional.of(line.group(1).strip().replaceAll("^['\"]|['\"]$", ""))
                        .filter(value -> !value.isEmpty())
                : Optional.empty();
    }
}
