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
import java.util.stream.Stream;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.DatasetReader;
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
    private final DomainAbout about;
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
        writeProblems("train", train);
        writeProblems("test", test);
        writeRoutes("routes_train", of(train, routes));
        if (held.isPresent()) {
            writeProblems("validation", held.get());
            writeRoutes("routes_validation", of(held.get(), heldRoutes.orElse(List.of())));
        }
        writeRoutes("routes_test", of(test, routes("test").orElse(List.of())));
        Optional<List<Problem>> harder = problems("harder");
        if (harder.isPresent()) {
            writeProblems("harder", harder.get());
            writeRoutes("routes_harder", of(harder.get(), routes("harder").orElse(List.of())));
        }
        List<Rule> rules = find("rules").map(file -> RuleReader.read(file).rows()).orElse(List.of());
        write("rules", rules.stream().map(DomainFolder::row).toList());
        BaseTexts.write(data, folder, rationales(train, routes), rules, routes, notes);
        advisers(train, routes);
        return new Domain(about, data, List.copyOf(notes));
    }

    /** The problems whose reasoning brings up the base model: half of them, which leaves it something to learn. */
    private List<Problem> rationales(List<Problem> train, List<Route> routes) {
        List<Problem> written = train.stream()
                .filter(problem -> problem.rationale() != null && !problem.rationale().isBlank())
                .toList();
        if (written.isEmpty()) {
            notes.add("No training problem has a rationale: the base model learns from right routes instead.");
            written = rightRoutes(train, routes);
        }
        if (written.isEmpty()) {
            throw new Options.UsageException("The domain " + folder
                    + " has neither rationales nor right routes to bring the base model up on.");
        }
        return written.subList(0, (written.size() + 1) / 2);
    }

    private List<Problem> rightRoutes(List<Problem> train, List<Route> routes) {
        AnswerType type = about.answerKind().equals("GUESS")
                ? AnswerType.guess(train.stream().map(Problem::answer).toList())
                : AnswerType.valueOf(about.answerKind());
        AnswerChecker checker = AnswerChecker.of(type, 0);
        return train.stream()
                .flatMap(problem -> routes.stream()
                        .filter(route -> route.problemId().equals(problem.id()))
                        .filter(route -> checker.extractRight(route.text(), problem.answer()).isPresent())
                        .limit(1)
                        .map(route -> new Problem(
                                problem.id(), problem.question(), problem.answer(), route.text(), problem.domain())))
                .toList();
    }

    /** Texts to bring up a model of each adviser on, for the baseline that asks advisers about new problems. */
    private void advisers(List<Problem> train, List<Route> routes) throws IOException {
        List<String> sources = routes.stream().map(Route::source).distinct().limit(ADVISERS).toList();
        Map<String, Problem> byId = new LinkedHashMap<>();
        train.forEach(problem -> byId.put(problem.id(), problem));
        for (int i = 0; i < sources.size(); i++) {
            String source = sources.get(i);
            List<BaseTexts.Text> texts = routes.stream()
                    .filter(route -> route.source().equals(source) && byId.containsKey(route.problemId()))
                    .map(route -> BaseTexts.plain(data, byId.get(route.problemId()), route.text()))
                    .toList();
            write("adviser-" + (i + 1), texts);
        }
    }

    private Optional<List<Problem>> problems(String name) {
        return find(name).map(file -> DatasetReader.read(file, DatasetFormat.of(DatasetFormat.Layout.GUESS))
                .rows());
    }

    private Optional<List<Route>> routes(String split) {
        return find("routes_" + split).map(file -> RouteReader.read(file).rows());
    }

    private static List<Route> of(List<Problem> problems, List<Route> routes) {
        List<String> ids = problems.stream().map(Problem::id).toList();
        return routes.stream().filter(route -> ids.contains(route.problemId())).toList();
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

    private void writeProblems(String name, List<Problem> problems) throws IOException {
        write(name, problems.stream().map(problem -> row(problem, about.name())).toList());
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

    private void writeRoutes(String name, List<Route> routes) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Route route : routes) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("problem id", route.problemId());
            row.put("source", route.source());
            row.put("text", route.text());
            rows.add(row);
        }
        write(name, rows);
    }

    /** Writes a file of rows; none if there are no rows. */
    private void write(String name, List<?> rows) throws IOException {
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
