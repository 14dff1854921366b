package org.realm4knime.samples.refund;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.samples.domain.TrainingText;
import org.realm4knime.samples.domain.WordTokenizer;

/** Writes the data of the examples: problems and rules as JSON lines, and the tokenizer of the tiny models. */
public final class QuickstartFiles {

    private static final long SEED = 2025;
    private static final int TRAIN_PROBLEMS = 400;
    private static final int TEST_PROBLEMS = 400;
    private static final int HARDER_PROBLEMS = 300;
    private static final int VOCABULARY_SAMPLE = 1000;

    private QuickstartFiles() {}

    /**
     * Writes all files.
     *
     * @param args the folder of the examples
     */
    public static void main(String[] args) throws IOException {
        Path examples = Path.of(args[0]);
        writeProblems(Files.createDirectories(examples.resolve("quickstart/data")));
        Path tokenizer = Files.createDirectories(examples.resolve("build-tiny-models/data/tokenizer"));
        WordTokenizer.write(tokenizer, vocabularyTexts());
        writePromptFormat(tokenizer);
    }

    /** Texts that hold every word of the quickstart's tokenizer. */
    static List<TrainingText> vocabularyTexts() {
        return Arrays.stream(Corpus.values())
                .flatMap(corpus -> RefundDesk.corpus(corpus, VOCABULARY_SAMPLE, 1).stream())
                .toList();
    }

    /** Writes realm_prompt.json: the tiny models know few words, so they are prompted without sentences. */
    static void writePromptFormat(Path folder) throws IOException {
        Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        Files.writeString(folder.resolve("realm_prompt.json"), gson.toJson(PromptFormat.compact()) + "\n");
    }

    /** Writes train.jsonl, test.jsonl, harder.jsonl and rules.jsonl into a folder that exists. */
    static void writeProblems(Path folder) throws IOException {
        writeLines(folder.resolve("train.jsonl"), problems(RefundDesk.Split.TRAIN, TRAIN_PROBLEMS));
        writeLines(folder.resolve("test.jsonl"), problems(RefundDesk.Split.TEST, TEST_PROBLEMS));
        writeLines(folder.resolve("harder.jsonl"), problems(RefundDesk.Split.HARDER, HARDER_PROBLEMS));
        writeLines(
                folder.resolve("rules.jsonl"),
                RefundDesk.rules().stream().map(QuickstartFiles::fields).toList());
    }

    private static List<Map<String, String>> problems(RefundDesk.Split split, int count) {
        return RefundDesk.problems(split, count, SEED).stream()
                .map(QuickstartFiles::fields)
                .toList();
    }

    private static Map<String, String> fields(Problem problem) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", problem.id());
        fields.put("question", problem.question());
        fields.put("answer", problem.answer());
        fields.put("domain", problem.domain());
        return fields;
    }

    private static Map<String, String> fields(Rule rule) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", rule.id());
        fields.put("text", rule.text());
        return fields;
    }

    private static void writeLines(Path file, List<Map<String, String>> records) throws IOException {
        Gson gson = new GsonBuilder().disableHtmlEscaping().create();
        Files.writeString(file, records.stream().map(gson::toJson).collect(Collectors.joining("\n", "", "\n")));
    }
}
