package org.realm4knime.claims;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The command line.
 *
 * @param root the repository
 * @param quick few seeds and short trainings
 * @param validation measure on the validation split
 * @param reportOnly run nothing
 * @param jobs workflows that run side by side, a thread each
 * @param seeds number of seeds; 0 for the plan's
 * @param arms names of the arms to run; empty for all
 * @param data folder with the problems and models
 * @param out folder for runs; null for bench/work/claims
 * @param domains folders of domains; empty for the built-in ones
 * @param settings settings to change in all workflows that have such a node
 */
record Options(
        Path root,
        boolean quick,
        boolean validation,
        boolean reportOnly,
        int jobs,
        int seeds,
        List<String> arms,
        Path data,
        Path out,
        List<Path> domains,
        List<String> settings) {

    private static final String USAGE =
            """
            usage: bench/claims/run [--quick] [--validation] [--report] [--jobs N] [--seeds N] [--arms A,B,...]
                                    [--data DIR | --domain DIR...] [--out DIR] [--set "NODE/KEY=VALUE"]...

              --quick        few seeds and short trainings, to see that it works
              --validation   measure on the validation split, to choose settings
              --report       only compare what is there
              --jobs N       workflows that run side by side, a thread each (default 2)
              --seeds N      seeds 1 to N (default: as plan.json says)
              --arms A,B     only these, by the names in plan.json
              --data DIR     problems and models (default: bench/claims/data)
              --domain DIR   a domain's folder in the place of the built-in domains, or its name in bench/domains;
                             may be repeated: each has models of its own, and tables give the mean over all
              --out DIR      where runs are kept (default: bench/work/claims); RESULTS.md is then written there
                             A run is done again where its workflow, settings or data changed, or the program did
              --set N/K=V    change a setting in every workflow that has a node of that name
            """;

    static Options parse(String[] arguments) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
        Path root = Path.of(left.pop());
        boolean quick = false;
        boolean validation = false;
        boolean reportOnly = false;
        int jobs = 2;
        int seeds = 0;
        List<String> arms = List.of();
        Path data = root.resolve("bench/claims/data");
        Path out = null;
        List<Path> domains = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        while (!left.isEmpty()) {
            String option = left.pop();
            switch (option) {
                case "--quick" -> quick = true;
                case "--validation" -> validation = true;
                case "--report" -> reportOnly = true;
                case "--jobs" -> jobs = number(option, left, USAGE);
                case "--seeds" -> seeds = number(option, left, USAGE);
                case "--arms" -> arms = List.of(value(option, left, USAGE).split(","));
                case "--data" -> data = Path.of(value(option, left, USAGE)).toAbsolutePath();
                case "--domain" -> domains.add(domain(value(option, left, USAGE), root));
                case "--out" -> out = Path.of(value(option, left, USAGE)).toAbsolutePath();
                case "--set" -> settings.add(value(option, left, USAGE));
                default -> throw new UsageException(USAGE);
            }
        }
        return new Options(root, quick, validation, reportOnly, jobs, seeds, arms, data, out, domains, settings);
    }

    /** Thrown where the command line says nothing that can be done. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static String value(String option, Deque<String> left, String usage) {
        if (left.isEmpty()) {
            throw new UsageException(option + " needs a value.\n" + usage);
        }
        return left.pop();
    }

    static int number(String option, Deque<String> left, String usage) {
        String value = value(option, left, usage);
        if (!value.matches("[1-9][0-9]{0,3}")) {
            throw new UsageException(option + " takes a whole number above 0, not " + value + ".\n" + usage);
        }
        return Integer.parseInt(value);
    }

    /** A domain's folder: the path as it is, or the name of one in bench/domains. */
    static Path domain(String text, Path root) {
        Path path = Path.of(text).toAbsolutePath().normalize();
        return Files.isDirectory(path) ? path : root.resolve("bench/domains").resolve(text);
    }

    /**
     * Folder of the runs: quick ones and those on the validation split lie apart from the others, domains by
     * themselves.
     */
    Path runs() {
        String kind = (validation ? "validation" : "test") + (quick ? "-quick" : "");
        Path all = out != null ? out : root.resolve("bench/work/claims");
        return all.resolve(domains.isEmpty() ? kind : "domains-" + kind);
    }

    /** Folder of the report: the repository's only for a whole comparison on the test split of the built-in domains. */
    Path report() {
        boolean whole = !quick && !validation && arms.isEmpty() && seeds == 0 && settings.isEmpty() && out == null;
        return whole && domains.isEmpty() ? root.resolve("bench/claims") : runs();
    }
}
