package org.realm4knime.claims;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.supervised.ExampleReader;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.samples.domain.TrainingText;
import org.realm4knime.samples.domain.WordTokenizer;

/** What a domain's base model is pretrained on, and its tokenizer. */
final class BaseTexts {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private BaseTexts() {}

    /** A training text, with the names that the Supervised Trainer looks for. */
    record Text(String prompt, String completion) {}

    /**
     * Writes tokenizer and texts. base.jsonl holds problems with their reasoning as they are asked without rules and
     * routes; in examples.jsonl half of them are asked so, and the others with rules or with routes in the prompt, so
     * that a model knows such prompts. Both end with the domain's own examples, if there are any.
     */
    static void write(
            Path data, Path folder, List<Problem> problems, List<Rule> rules, List<Route> routes, List<String> notes)
            throws IOException {
        Path tokenizer = Files.createDirectories(data.resolve("tokenizer"));
        boolean given = Files.exists(folder.resolve("tokenizer/tokenizer.json"));
        if (given) {
            copy(folder.resolve("tokenizer"), tokenizer);
        } else {
            Files.writeString(tokenizer.resolve("realm_prompt.json"), GSON.toJson(PromptFormat.compact()));
        }
        PromptFormat format = PromptFormat.read(tokenizer);
        List<Text> plain = new ArrayList<>();
        List<Text> texts = new ArrayList<>();
        for (Problem problem : problems) {
            plain.addAll(texts(format, problem, List.of(), List.of()));
            texts.addAll(texts(format, problem, rules, routes));
        }
        Path own = folder.resolve("examples.jsonl");
        if (DomainFolder.hasContent(own)) {
            for (SupervisedExample example : ExampleReader.read(own).rows()) {
                Text text = new Text(example.prompt(), example.completion());
                plain.add(text);
                texts.add(text);
            }
        }
        write(data.resolve("base.jsonl"), plain);
        write(data.resolve("examples.jsonl"), texts);
        if (!given) {
            words(tokenizer, texts, routes);
            notes.add("No tokenizer: one was made of the words of the training texts; others are unknown to it.");
        }
    }

    private static List<Text> texts(PromptFormat format, Problem problem, List<Rule> rules, List<Route> routes) {
        List<String> said = routes.stream()
                .filter(route -> route.problemId().equals(problem.id()))
                .map(Route::text)
                .toList();
        List<String> written = rules.stream().map(Rule::text).toList();
        List<String> prompts = new ArrayList<>();
        if (!written.isEmpty()) {
            prompts.add(format.render(problem.question(), written, List.of()));
        }
        if (!said.isEmpty()) {
            prompts.add(format.render(problem.question(), List.of(), said));
        }
        String plain = format.render(problem.question(), List.of(), List.of());
        Stream.generate(() -> plain).limit(Math.max(1, prompts.size())).forEach(prompts::add);
        return prompts.stream()
                .map(prompt -> new Text(prompt, problem.rationale()))
                .toList();
    }

    /** A problem as it is asked without routes and rules. */
    static Text plain(Path data, Problem problem, String completion) {
        PromptFormat format = PromptFormat.read(data.resolve("tokenizer"));
        return new Text(format.render(problem.question(), List.of(), List.of()), completion);
    }

    private static void words(Path tokenizer, List<Text> texts, List<Route> routes) throws IOException {
        PromptFormat format = PromptFormat.compact();
        List<TrainingText> all = new ArrayList<>();
        texts.forEach(text -> all.add(new TrainingText(text.prompt(), text.completion())));
        routes.forEach(route -> all.add(new TrainingText(route.text(), "")));
        all.add(new TrainingText(format.verify() + " " + format.right(), format.wrong() + " " + format.solution()));
        WordTokenizer.write(tokenizer, all);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Writes rows as JSON lines; nothing if there are none. */
    static void write(Path file, List<?> rows) throws IOException {
        if (!rows.isEmpty()) {
            Files.write(file, rows.stream().map(GSON::toJson).toList());
        }
    }
}
