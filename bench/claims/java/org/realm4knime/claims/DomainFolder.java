package org.realm4knime.claims;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A domain as a folder, laid out as bench/domains/README.md says, and the same folder made whole: what it lacks is put in
 * its place, and said.
 *
 * @param about what domain.json says
 * @param data the whole folder, which workflows read
 * @param notes what was missing, and what was done about it
 */
record DomainFolder(About about, Path data, List<String> notes) {

    private static final List<String> ROUTES =
            List.of("routes_train.csv", "routes_validation.csv", "routes_test.csv", "routes_harder.csv");

    /**
     * What domain.json says; each entry may be missing.
     *
     * @param name of the domain
     * @param title in tables
     * @param answerKind kind of answer, as the nodes call it
     * @param labels the answers that there are, if they are labels
     * @param maxNewTokens longest answer in tokens
     * @param model size of the model
     */
    record About(String name, String title, String answerKind, List<String> labels, int maxNewTokens, Size model) {}

    /** Size of a model, in the terms of the Language Model Reader. */
    record Size(int layers, int hiddenSize, int intermediateSize) {}

    /**
     * Reads a domain and makes it whole.
     *
     * @param folder as it was written
     * @param work folder to write to; the domain gets a folder of its name there
     */
    static DomainFolder open(Path folder, Path work) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new Options.UsageException("There is no folder " + folder + "; --domain takes a domain's folder.");
        }
        for (String needed : List.of("train.jsonl", "test.jsonl", "routes_train.csv")) {
            if (!Files.isRegularFile(folder.resolve(needed))) {
                throw new Options.UsageException("The domain " + folder + " has no file " + needed
                        + ", which every domain needs; bench/domains/README.md describes the files.");
            }
        }
        List<String> notes = new ArrayList<>();
        About about = about(folder, notes);
        Path data = Files.createDirectories(work.resolve(about.name()));
        DomainFolder domain = new DomainFolder(about, data, notes);
        domain.fill(folder);
        return domain;
    }

    private static About about(Path folder, List<String> notes) throws IOException {
        String name = folder.toRealPath().getFileName().toString();
        Size size = new Size(4, 128, 384);
        Path file = folder.resolve("domain.json");
        if (!Files.exists(file)) {
            notes.add("It has no domain.json: the kind of answer is guessed, answers may have 160 tokens.");
            return new About(name, name, "GUESS", List.of(), 160, size);
        }
        try {
            About read = new Gson().fromJson(Files.readString(file), About.class);
            return new About(
                    read.name() == null ? name : read.name(),
                    read.title() == null ? name : read.title(),
                    read.answerKind() == null ? "GUESS" : read.answerKind(),
                    read.labels() == null ? List.of() : read.labels(),
                    read.maxNewTokens() == 0 ? 160 : read.maxNewTokens(),
                    read.model() == null ? size : read.model());
        } catch (JsonParseException e) {
            throw new Options.UsageException(file + " is no JSON as bench/domains/README.md describes it: " + e.getMessage());
        }
    }

    private void fill(Path folder) throws IOException {
        List<JsonObject> train = problems(folder.resolve("train.jsonl"));
        write("train.jsonl", train);
        for (String split : List.of("test", "validation", "harder")) {
            Path file = folder.resolve(split + ".jsonl");
            if (Files.exists(file)) {
                write(split + ".jsonl", problems(file));
            }
        }
        for (String routes : ROUTES) {
            if (Files.exists(folder.resolve(routes))) {
                Files.copy(folder.resolve(routes), data.resolve(routes), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        rationales(train);
        tokenizer(folder.resolve("tokenizer"));
    }

    /** The base model learns from the first half of the written rationales only, which leaves it something to learn. */
    private void rationales(List<JsonObject> train) throws IOException {
        List<JsonObject> written = train.stream()
                .filter(problem -> problem.has("rationale")
                        && !problem.get("rationale").getAsString().isBlank())
                .toList();
        if (written.isEmpty()) {
            throw new Options.UsageException("No problem of train.jsonl has a rationale to bring the base model up with.");
        }
        write("rationales.jsonl", written.subList(0, (written.size() + 1) / 2));
    }

    private void tokenizer(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("tokenizer.json"))) {
            throw new Options.UsageException("The domain has no tokenizer/tokenizer.json.");
        }
        Path to = Files.createDirectories(data.resolve("tokenizer"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The domain's name takes the place of whatever stands under domain, since tables name it. */
    private List<JsonObject> problems(Path file) throws IOException {
        List<JsonObject> problems = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                JsonObject problem = JsonParser.parseString(line).getAsJsonObject();
                problem.addProperty("domain", about.name());
                problems.add(problem);
            }
        }
        return problems;
    }

    private void write(String name, List<JsonObject> rows) throws IOException {
        Files.write(data.resolve(name), rows.stream().map(Object::toString).toList());
    }

    /** The settings that the domain asks for in every workflow. */
    List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "New model/layers=" + about.model().layers(),
                "New model/hiddenSize=" + about.model().hiddenSize(),
                "New model/intermediateSize=" + about.model().intermediateSize()));
        for (String node : List.of("Route Verifier (MRPV)", "ReaLM Trainer", "Benchmark Evaluator")) {
            settings.add(node + "/answers/kind=" + about.answerKind());
        }
        settings.add("ReaLM Trainer/maxNewTokens=" + about.maxNewTokens());
        settings.add("Benchmark Evaluator/generation/maxNewTokens=" + about.maxNewTokens());
        return settings;
    }
}
