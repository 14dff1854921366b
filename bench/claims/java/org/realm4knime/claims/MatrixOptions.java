package org.realm4knime.claims;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The command line of bench/claims/matrix.
 *
 * @param root the repository
 * @param name of the results, so that several settings can lie beside each other
 * @param domains folders of domains
 * @param seeds seeds
 * @param jobs workflows that run side by side, a thread each
 * @param validation measure on the validation problems
 * @param out where results are kept
 * @param startSettings settings to change in base model and cold start
 * @param settings settings to change in the ReaLM Trainer
 */
record MatrixOptions(
        Path root,
        String name,
        List<Path> domains,
        List<Integer> seeds,
        int jobs,
        boolean validation,
        Path out,
        List<String> startSettings,
        List<String> settings) {

    static final String USAGE =
            """
            usage: bench/claims/matrix [--seeds N|A,B,...] [--jobs N] [--validation] [--name NAME] [--out DIR]
                                       [--set "KEY=VALUE"]... [--start-set "NODE/KEY=VALUE"]... DOMAIN...

              DOMAIN           a domain's folder, or its name in bench/domains
              --seeds          3 for the seeds 1 to 3 (default), or 2,5 for these
              --jobs N         workflows that run side by side, a thread each (default 1)
              --validation     measure on the validation problems, to choose settings
              --name NAME      results of other settings lie beside each other by this name (default: default)
              --out DIR        where all is kept (default: bench/work/matrix)
              --set K=V        a setting of the ReaLM Trainer, such as learningRate=0.0001; with NODE/KEY of any node
              --start-set N/K=V  a setting of a node before it: base model and cold start are made anew
            """;

    static MatrixOptions parse(String[] arguments) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
        Path root = Path.of(left.pop());
        String name = "default";
        List<Path> domains = new ArrayList<>();
        List<Integer> seeds = List.of(1, 2, 3);
        int jobs = 1;
        boolean validation = false;
        Path out = root.resolve("bench/work/matrix");
        List<String> startSettings = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        while (!left.isEmpty()) {
            String option = left.pop();
            switch (option) {
                case "--name" -> name = Options.value(option, left, USAGE);
                case "--seeds" -> seeds = seeds(Options.value(option, left, USAGE));
                case "--jobs" -> jobs = Options.number(option, left, USAGE);
                case "--validation" -> validation = true;
                case "--out" ->
                    out = Path.of(Options.value(option, left, USAGE)).toAbsolutePath();
                case "--start-set" -> startSettings.add(Options.value(option, left, USAGE));
                case "--set" -> settings.add(Options.value(option, left, USAGE));
                default -> {
                    if (option.startsWith("-")) {
                        throw new Options.UsageException(USAGE);
                    }
                    domains.add(Options.domain(option, root));
                }
            }
        }
        if (domains.isEmpty()) {
            throw new Options.UsageException("No domain is named.\n" + USAGE);
        }
        return new MatrixOptions(root, name, domains, seeds, jobs, validation, out, startSettings, settings);
    }

    private static List<Integer> seeds(String text) {
        if (!text.matches("[1-9][0-9]{0,3}(,[1-9][0-9]{0,3})*,?")) {
            throw new Options.UsageException(
                    "--seeds takes a number or a list such as 2,5; not " + text + ".\n" + USAGE);
        }
        return text.contains(",")
                ? Stream.of(text.split(",")).map(Integer::valueOf).toList()
                : IntStream.rangeClosed(1, Integer.parseInt(text)).boxed().toList();
    }
}
