package org.realm4knime.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.DatasetReader;
import org.realm4knime.engine.problem.Loaded;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.problem.RuleReader;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.route.RouteReader;

/** Reads a domain's folder, laid out as bench/domains/README.md says, and writes the data that workflows read. */
final class DomainFolder {

    private static final List<String> ENDINGS = List.of(".jsonl", ".csv", ".json");
    private static final int ADVISERS = 3;

    private final Path folder;
    private DomainAbout about;
    private final Path data;
    private final List<String> notes;

    private DomainFolder(Path folder, DomainAbout about, Path data, List<String> notes) {
        this.folder = folder;
        this.about = about;
        this.data = data;
        this.notes = notes;
    }

    /**
     * Reads a domain and makes it whole.
     *
     * @param folder as it was written
     * @param work folder to write to; the domain gets a folder of its name there
     * @param validation whether there have to be validation problems: where there are none, others are held out
     */
    static Domain open(Path folder, Path work, boolean validation) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new Options.UsageException("There is no folder " + folder + "; --domain takes a domain's folder.");
        }
        List<String> notes = new ArrayList<>();
        DomainAbout about = DomainAbout.read(folder, notes);
        Path data = work.resolve(about.name() + (validation ? "-validation" : ""));
        clear(data);
        return new DomainFolder(folder, about, data, notes).make(validation);
    }

    private Domain make(boolean validation) throws IOException {
        List<Problem> train = problems("train").orElseThrow(() -> missing("train.jsonl"));
        List<Problem> test = problems("test").orElseThrow(() -> missing("test.jsonl"));
        List<Route> routes = routes("train").orElseThrow(() -> missing("routes_train.csv"));
        Optional<List<Problem>> held = problems("validation");
        Optional<List<Route>> heldRoutes = routes("validation");
        if (held.isEmpty() && validation) {
            int kept = train.size() * 4 / 5;
            notes.add("No validation.jsonl: the last %d of the %d training problems are held out."
                    .formatted(train.size() - kept, train.size()));
            held = Optional.of(train.subList(kept, train.size()));
            heldRoutes = Optional.of(routes);
            train = train.subList(0, kept);
        }
        settleAnswerKind(train, test);
        asked(train, test);
        write("train", train);
        write("test", test);
        writeRoutes("train", train, routes);
        if (held.isPresent()) {
            write("validation", held.get());
            writeRoutes("validation", held.get(), heldRoutes.orElse(List.of()));
        }
        writeRoutes("test", test, routes("test").orElse(List.of()));
        Optional<List<Problem>> harder = problems("harder");
        if (harder.isPresent()) {
            write("harder", harder.get());
            writeRoutes("harder", harder.get(), routes("harder").orElse(List.of()));
        }
        List<Rule> rules =
                find("rules").map(file -> noted(file, RuleReader.read(file))).orElse(List.of());
        writeRules(rules);
        write("balanced", new BalancedProblems(checker(train)).of(train, routes));
        BaseTexts.write(data, folder, rationales(train, routes), rules, routes, notes);
        advisers(train, routes);
        return new Domain(about, data, List.copyOf(notes));
    }

    /** Guesses the kind of answer once, so that no node comes to another guess by the problems that it sees. */
    private void settleAnswerKind(List<Problem> train, List<Problem> test) {
        if (about.answerKind().equals(DomainAbout.GUESS)) {
            AnswerType guess = AnswerType.guess(Stream.concat(train.stream(), test.stream())
                    .map(Problem::answer)
                    .toList());
            about = about.withAnswerKind(guess.name());
            notes.add("Answers are taken as %s, by their looks; domain.json can say otherwise (answerKind)."
                    .formatted(guess));
        }
    }

    private AnswerChecker checker(List<Problem> problems) {
        return AnswerChecker.of(
                AnswerType.valueOf(about.answerKind()),
                0,
                problems.stream().map(Problem::answer).toList());
    }

    /** Says how many test problems are asked in training too. */
    private void asked(List<Problem> train, List<Problem> test) {
        Set<String> known = train.stream().map(Problem::question).collect(Collectors.toSet());
        long again = test.stream()
                .filter(problem -> known.contains(problem.question()))
                .count();
        if (again > 0) {
            notes.add("%d of %d test problems are asked in training too.".formatted(again, test.size()));
        }
    }

    /** The problems whose reasoning pretrains the base model: half of them, which leaves it something to learn. */
    private List<Problem> rationales(List<Problem> train, List<Route> routes) {
        List<Problem> written = train.stream()
                .filter(problem ->
                        problem.rationale() != null && !problem.rationale().isBlank())
                .toList();
        if (written.isEmpty()) {
            notes.add("No training problem has a rationale: the base model learns from right routes instead.");
            written = rightRoutes(train, routes);
        }
        if (written.isEmpty()) {
            throw new Options.UsageException(
                    "The domain " + folder + " has neither rationales nor right routes to bring the base model up on.");
        }
        return written.subList(0, (written.size() + 1) / 2);
    }

    private List<Problem> rightRoutes(List<Problem> train, List<Route> routes) {
        AnswerChecker checker = checker(train);
        Map<String, List<Route>> byProblem = routes.stream().collect(Collectors.groupingBy(Route::problemId));
        return train.stream()
                .flatMap(problem -> byProblem.getOrDefault(problem.id(), List.of()).stream()
                        .filter(route -> checker.extractRight(route.text(), problem.answer())
                                .isPresent())
                        .limit(1)
                        .map(route -> new Problem(
                                problem.id(), problem.question(), problem.answer(), route.text(), problem.domain())))
                .toList();
    }

    /** Texts to pretrain a model of each adviser on, for the baseline that asks advisers about new problems. */
    private void advisers(List<Problem> train, List<Route> routes) throws IOException {
        List<String> sources =
                routes.stream().map(Route::source).distinct().limit(ADVISERS).toList();
        Map<String, Problem> byId = new LinkedHashMap<>();
        train.forEach(problem -> byId.put(problem.id(), problem));
        for (int i = 0; i < sources.size(); i++) {
            String source = sources.get(i);
            List<BaseTexts.Text> texts = routes.stream()
                    .filter(route -> route.source().equals(source) && byId.containsKey(route.problemId()))
                    .map(route -> BaseTexts.plain(data, byId.get(route.problemId()), route.text()))
                    .toList();
            writeRows("adviser-" + (i + 1), texts);
        }
    }

    private Optional<List<Problem>> problems(String name) {
        return find(name).map(file -> {
            DatasetFormat format = DatasetFormat.of(DatasetFormat.Layout.GUESS);
            List<Problem> problems = noted(file, DatasetReader.read(file, format));
            for (int i = 0; i < problems.size(); i++) {
                if (!problems.get(i).hasAnswer()) {
                    throw new Options.UsageException(
                            "%s, problem %d (id %s) has no answer. Fill it in, or take the problem out."
                                    .formatted(file, i + 1, problems.get(i).id()));
                }
            }
            return problems;
        });
    }

    private Optional<List<Route>> routes(String split) {
        return find("routes_" + split).map(file -> noted(file, RouteReader.read(file)));
    }

    /** Keeps what a reader has to say of a file. */
    private <T> List<T> noted(Path file, Loaded<T> loaded) {
        loaded.warnings().forEach(warning -> notes.add(file.getFileName() + ": " + warning));
        return loaded.rows();
    }

    /** A file by its name without ending; an empty one counts as missing. */
    private Optional<Path> find(String name) {
        return ENDINGS.stream()
                .map(ending -> folder.resolve(name + ending))
                .filter(DomainFolder::hasContent)
                .findFirst();
    }

    static boolean hasContent(Path file) {
        try {
            return Files.isRegularFile(file) && !Files.readString(file).isBlank();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Options.UsageException missing(String file) {
        return new Options.UsageException("The domain " + folder + " has no " + file
                + ", or it is empty. Every domain needs it; bench/domains/README.md describes the files.");
    }

    private void write(String name, List<Problem> problems) throws IOException {
        writeRows(
                name,
                problems.stream().map(problem -> row(problem, about.name())).toList());
    }

    /** The domain's name takes the place of whatever the file calls so, since the tables go by it. */
    private static Problem row(Problem problem, String domain) {
        return new Problem(problem.id(), problem.question(), problem.answer(), problem.rationale(), domain);
    }

    private static Map<String, String> row(Rule rule) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", rule.id());
        row.put("text", rule.text());
        return row; // all rules are the domain's, so none is kept to a part of it
    }

    /** Writes the routes of some problems. */
    private void writeRoutes(String split, List<Problem> problems, List<Route> routes) throws IOException {
        Set<String> ids = problems.stream().map(Problem::id).collect(Collectors.toSet());
        List<Route> own =
                routes.stream().filter(route -> ids.contains(route.problemId())).toList();
        if (own.isEmpty() && !routes.isEmpty()) {
            throw new Options.UsageException(
                    ("%s, routes_%s: the first route is to a problem '%s', and no route is to a problem of %s,"
                                            + " whose first is")
                                    .formatted(folder, split, routes.get(0).problemId(), split)
                            + " '%s'. The column problem id has to hold the ids of the problems."
                                    .formatted(problems.get(0).id()));
        }
        long without =
                problems.size() - own.stream().map(Route::problemId).distinct().count();
        if (without > 0 && !own.isEmpty()) {
            notes.add("%d of %d %s problems have no route.".formatted(without, problems.size(), split));
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (Route route : own) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("problem id", route.problemId());
            row.put("source", route.source());
            row.put("text", route.text());
            rows.add(row);
        }
        writeRows("routes_" + split, rows);
    }

    /** Writes a file also where there are no rules: a node that needs their table gets one without rows. */
    private void writeRules(List<Rule> rules) throws IOException {
        Files.createFile(data.resolve("rules.jsonl"));
        writeRows("rules", rules.stream().map(DomainFolder::row).toList());
    }

    /** Writes a file of rows; none if there are no rows. */
    private void writeRows(String name, List<?> rows) throws IOException {
        BaseTexts.write(data.resolve(name + ".jsonl"), rows);
    }

    private static void clear(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }
}
