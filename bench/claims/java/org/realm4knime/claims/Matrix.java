package org.realm4knime.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.csv.CSVRecord;
import org.realm4knime.engine.answer.Accuracy;
import org.realm4knime.engine.evaluate.PairedBootstrap;
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

/** Whether the ReaLM Trainer, as it comes, harms a model on any of several domains and seeds. */
public final class Matrix {

    private static final String BEFORE = "benchmark-evaluator-52-predictions";
    private static final String AFTER = "benchmark-evaluator-53-predictions";
    private static final String LINE = "| %-22s | %4s | %-22s | %-22s | %-22s | %-25s | %s |%n";

    private final MatrixOptions options;
    private final Realm realm;

    private Matrix(MatrixOptions options) {
        this.options = options;
        realm = new Realm(options.root());
    }

    /**
     * A domain and a seed.
     *
     * @param right by model whether it is right on each problem
     */
    private record Cell(Domain domain, int seed, Map<String, boolean[]> right) {}

    /**
     * @param arguments the repository's folder, then the command line
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            System.exit(new Matrix(MatrixOptions.parse(arguments)).run() ? 0 : 1);
        } catch (Options.UsageException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Whether no training did harm. */
    private boolean run() throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(options.jobs());
        List<Future<Cell>> cells = new ArrayList<>();
        for (Path folder : options.domains()) {
            Domain domain = DomainFolder.open(folder, options.out().resolve("domains"), options.validation());
            domain.notes().forEach(note -> System.out.println(domain.name() + ": " + note));
            for (String stage : List.of("start", "trained")) {
                realm.write(
                        options.root().resolve("bench/claims/specs/domain/" + stage + ".json"),
                        workflow(domain, stage),
                        domain.data());
            }
            for (int seed : options.seeds()) {
                cells.add(pool.submit(() -> run(domain, seed)));
            }
        }
        pool.shutdown();
        StringBuilder table = new StringBuilder(LINE.formatted(
                "domain",
                "seed",
                "base",
                "after cold start",
                "after ReaLM Trainer",
                "trained minus cold start",
                "harm"));
        table.append("|---|---|---|---|---|---|---|\n");
        boolean well = true;
        for (Future<Cell> cell : cells) {
            try {
                String line = line(cell.get());
                well &= !line.contains("HARM");
                table.append(line);
            } catch (ExecutionException e) {
                System.err.println(e.getCause().getMessage());
                well = false;
            }
        }
        System.out.print(table);
        Files.writeString(options.out().resolve(options.name() + ".md"), table);
        return well;
    }

    private Path workflow(Domain domain, String stage) {
        return options.out().resolve("workflows").resolve(domain.data().getFileName() + "-" + stage);
    }

    private Cell run(Domain domain, int seed) throws IOException, InterruptedException {
        String name = domain.name() + "-" + seed + (options.validation() ? "-validation" : "");
        List<String> settings = settings(domain, seed);
        Path start = options.out().resolve("start").resolve(name);
        if (!realm.run(workflow(domain, "start"), start, List.of("--resume"), settings)) {
            throw new IOException(name + " failed before the ReaLM Trainer; see " + start.resolve("console.log"));
        }
        settings.add("ReaLM Trainer/seed=" + seed);
        settings.addAll(known(domain.settings(), "ReaLM Trainer"));
        for (String setting : options.settings()) {
            String key = setting.substring(0, Math.max(0, setting.indexOf('=')));
            boolean ofTrainer = !key.matches("([A-Z].*|\\(.*)/.*");
            settings.add(ofTrainer ? "ReaLM Trainer/" + setting : setting);
        }
        Path trained = options.out().resolve(options.name()).resolve(name);
        if (!realm.run(workflow(domain, "trained"), trained, List.of("--reuse", start.toString()), settings)) {
            throw new IOException(name + " failed; see " + trained.resolve("console.log"));
        }
        Map<String, boolean[]> right = right(trained.resolve("tables"));
        Cell cell = new Cell(domain, seed, right);
        System.out.print(line(cell));
        return cell;
    }

    private List<String> settings(Domain domain, int seed) {
        List<String> settings =
                known(domain.settings(), "New model", "Train base", "Route Verifier (MRPV)", "Benchmark Evaluator");
        for (String node : List.of("New model", "Route Verifier (MRPV)", "Supervised Trainer")) {
            settings.add(node + "/seed=" + seed);
        }
        if (options.validation()) {
            settings.add("Test problems/path=knime://knime.workflow/data/validation.jsonl");
        }
        settings.addAll(options.startSettings());
        return settings;
    }

    /** Those settings that are of the named nodes; the workflows here have no others. */
    private static List<String> known(List<String> settings, String... nodes) {
        return new ArrayList<>(settings.stream()
                .filter(setting -> List.of(nodes).contains(setting.substring(0, setting.indexOf('/'))))
                .toList());
    }

    private static Map<String, boolean[]> right(Path tables) throws IOException {
        Map<String, Map<String, Boolean>> byProblem = new LinkedHashMap<>();
        for (String table : List.of(BEFORE, AFTER)) {
            for (CSVRecord row : Tables.read(tables.resolve(table + ".csv"))) {
                byProblem
                        .computeIfAbsent(row.get("model"), model -> new TreeMap<>())
                        .put(row.get("problem id"), row.get("correct").equals("true"));
            }
        }
        Map<String, boolean[]> right = new LinkedHashMap<>();
        byProblem.forEach((model, answers) -> {
            boolean[] all = new boolean[answers.size()];
            int i = 0;
            for (boolean one : answers.values()) {
                all[i++] = one;
            }
            right.put(model, all);
        });
        return right;
    }

    private static String line(Cell cell) {
        boolean[] before = cell.right().get("cold start");
        boolean[] after = cell.right().get("trained");
        Difference gain = PairedBootstrap.difference(after, before, 10_000, 1);
        return String.format(
                Locale.ROOT,
                LINE,
                cell.domain().name(),
                cell.seed(),
                accuracy(cell.right().get("base")),
                accuracy(before),
                accuracy(after),
                String.format(
                        Locale.ROOT, "%+.1f (%+.1f to %+.1f)", 100 * gain.mean(), 100 * gain.low(), 100 * gain.high()),
                gain.high() < 0 ? "HARM" : "");
    }

    private static String accuracy(boolean[] right) {
        int sum = 0;
        for (boolean one : right) {
            sum += one ? 1 : 0;
        }
        Accuracy share = new Accuracy(sum, right.length);
        return String.format(
                Locale.ROOT, "%.1f (%.1f to %.1f)", 100 * share.value(), 100 * share.low(), 100 * share.high());
    }
}
