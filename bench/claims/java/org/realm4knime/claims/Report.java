package org.realm4knime.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

/** Writes RESULTS.md and its pictures. */
final class Report {

    /** Accuracies of a base model below and above which methods cannot be told apart. */
    private static final double TOO_LITTLE = 0.05;

    private static final double TOO_MUCH = 0.97;

    private final Plan plan;
    private final Options options;
    private final Map<Suite, List<Task>> suites;
    private final List<Task> tasks;
    private final List<Plan.Arm> wanted;
    private final List<Method> methods;
    private final Answers answers;
    private final Comparison comparison;
    private final StringBuilder text = new StringBuilder();

    /**
     * Reads what the runs left.
     *
     * @param arms all that were to run; those that did not everywhere are named
     * @param suites the runs to compare, by what they ran on
     */
    Report(Plan plan, Options options, List<Plan.Arm> arms, Map<Suite, List<Task>> suites) throws IOException {
        this.plan = plan;
        this.options = options;
        this.suites = suites;
        wanted = arms;
        tasks = suites.values().stream().flatMap(List::stream).toList();
        List<Plan.Arm> ran = arms.stream()
                .filter(arm -> tasks.stream().anyMatch(task -> task.arm().equals(arm)))
                .toList();
        methods = Method.of(plan, ran);
        answers = Answers.read(plan, suites);
        comparison = new Comparison(answers);
    }

    /** Writes all into the folder of the options. */
    Path write() throws IOException {
        Path folder = options.report();
        Path plots = folder.resolve("plots");
        Files.createDirectories(plots);
        head();
        claims();
        for (Plan.ProblemSet set : plan.sets()) {
            accuracies(set, plots);
        }
        gains(answers.domains(), "## ReaLM minus the others", "on the mean over those domains that have both");
        gaps();
        for (Map.Entry<Suite, List<Task>> suite : suites.entrySet()) {
            domains(suite.getKey(), suite.getValue());
        }
        spent();
        foot();
        return Files.writeString(folder.resolve("RESULTS.md"), text);
    }

    private void head() {
        List<Integer> seeds = tasks.stream().map(Task::seed).distinct().sorted().toList();
        line("# Does the method do what it claims?");
        line("");
        line("Written by `bench/claims/run`%s on %s. %d seed%s (%s); problems of the %s splits; %s."
                .formatted(
                        options.quick() ? " --quick" : "",
                        LocalDate.now(),
                        seeds.size(),
                        seeds.size() == 1 ? "" : "s",
                        String.join(", ", seeds.stream().map(String::valueOf).toList()),
                        options.validation() ? "validation" : "test",
                        machine()));
        if (options.quick() || options.validation()) {
            line("");
            line(
                    options.quick()
                            ? "**A quick look with short trainings: it shows that everything runs, and nothing else.**"
                            : "**Measured on the validation split, to choose settings.**");
        }
        line("");
        line("Accuracies in percent, as the mean over seeds; domains count the same each. Brackets hold 95 %"
                + " intervals of a bootstrap that draws seeds and, for all of them alike, problems anew. Methods"
                + " whose answers are all right or all wrong have no interval: so few cannot tell. Methods"
                + " that were not measured in every domain say in how many; their means are not comparable with"
                + " those over other domains.");
    }

    private static String machine() {
        return "%d processor cores".formatted(Runtime.getRuntime().availableProcessors());
    }

    private void claims() {
        List<Claims.Claim> claims = Claims.of(answers, methods);
        if (claims.isEmpty()) {
            return;
        }
        line("");
        line("## Claims");
        line("");
        line("On the test problems, ReaLM against the others; positive is better for ReaLM, but for claim 3. The best"
                + " baseline is the one that does best on these very problems, which favours it.");
        line("");
        line("| claim | | measured, points | holds |");
        line("|---|---|---|---|");
        for (Claims.Claim claim : claims) {
            line("| %d | %s | %s | %s |"
                    .formatted(
                            claim.number(), claim.text(), points(claim.measured()), claim.holds() ? "yes" : "**no**"));
        }
    }

    private void accuracies(Plan.ProblemSet set, Path plots) throws IOException {
        if (methods.stream().noneMatch(method -> answers.has(set.name(), method.name(), false))) {
            return;
        }
        line("");
        String title = "Accuracy on %s problems%s, mean over domains"
                .formatted(set.name(), options.validation() ? " of the splits to choose settings by" : "");
        line("## " + title);
        line("");
        line("![accuracy](plots/%s.svg)".formatted(set.name()));
        line("");
        line("| method | without routes | with routes |");
        line("|---|---|---|");
        List<DotPlot.Row> rows = new ArrayList<>();
        for (Method method : methods) {
            List<String> without = answers.domains(set.name(), false, method.name());
            List<String> with = answers.domains(set.name(), true, method.name());
            Difference alone = estimate(set.name(), without, method, false);
            Difference helped = estimate(set.name(), with, method, true);
            line("| %s | %s | %s |"
                    .formatted(method.title(), percent(alone) + of(set, without), percent(helped) + of(set, with)));
            rows.add(new DotPlot.Row(method.title(), alone, helped));
        }
        Files.writeString(plots.resolve(set.name() + ".svg"), DotPlot.svg(title, rows));
    }

    /** How many of the domains that have a set of problems a mean is over, where it is not over all. */
    private String of(Plan.ProblemSet set, List<String> domains) {
        long all = answers.domains().stream()
                .filter(domain -> methods.stream()
                        .anyMatch(method -> answers.domains(set.name(), false, method.name())
                                        .contains(domain)
                                || answers.domains(set.name(), true, method.name())
                                        .contains(domain)))
                .count();
        return domains.isEmpty() || domains.size() == all ? "" : "; %d of %d domains".formatted(domains.size(), all);
    }

    /** A section for each domain of a suite. */
    private void domains(Suite suite, List<Task> own) {
        List<String> names = suite.domain() == null
                ? answers.domains()
                : List.of(suite.domain().name());
        for (String domain : names) {
            line("");
            line("## Domain " + domain);
            if (suite.domain() != null && !suite.domain().notes().isEmpty()) {
                line("");
                suite.domain().notes().forEach(note -> line("- " + note));
            }
            List<String> missing = wanted.stream()
                    .filter(arm -> own.stream().noneMatch(task -> task.arm().equals(arm)))
                    .map(Plan.Arm::title)
                    .toList();
            if (!missing.isEmpty()) {
                line("");
                line("Not measured here, as the domain lacks what they need or they failed: %s."
                        .formatted(String.join(", ", missing)));
            }
            line("");
            startingPoint(domain);
            table(domain);
            gains(List.of(domain), "### ReaLM minus the others on " + domain, "of this domain");
        }
    }

    /** Says so where the base model leaves no method anything to build on, or to add. */
    private void startingPoint(String domain) {
        Plan.ProblemSet test = plan.sets().get(0);
        for (String base : Method.names(methods, Plan.Group.START)) {
            if (!answers.domains(test.name(), false, base).contains(domain)) {
                continue;
            }
            Difference accuracy = comparison.accuracy(test.name(), List.of(domain), base, false);
            if (accuracy.mean() < TOO_LITTLE) {
                line(("**The base model is right in %.1f %% of the test problems here without routes. Then methods"
                                + " have hardly anything to build on without them, and come out alike.** Raise"
                                + " baseSteps in domain.json, give more rationales, or add shorter texts as"
                                + " examples.jsonl: bench/domains/README.md.")
                        .formatted(100 * accuracy.mean()));
                line("");
            } else if (accuracy.mean() > TOO_MUCH) {
                line("**The base model answers nearly all of these problems.** There is little that a method could add:"
                        + " take harder test problems.");
                line("");
            }
        }
    }

    private void table(String domain) {
        line(head("method"));
        for (Method method : methods) {
            StringBuilder row = new StringBuilder();
            for (Plan.ProblemSet set : plan.sets()) {
                for (boolean withRoutes : new boolean[] {false, true}) {
                    boolean measured = answers.domains(set.name(), withRoutes, method.name())
                            .contains(domain);
                    row.append(" %s |"
                            .formatted(percent(
                                    estimate(set.name(), measured ? List.of(domain) : List.of(), method, withRoutes))));
                }
            }
            if (!row.toString().replace("|", "").isBlank()) {
                line("| " + method.title() + " |" + row);
            }
        }
    }

    /** Null where the method was not measured so. */
    private Difference estimate(String set, List<String> domains, Method method, boolean withRoutes) {
        return domains.isEmpty() ? null : comparison.accuracy(set, domains, method.name(), withRoutes);
    }

    /** What the method is ahead of the others, over some domains. */
    private void gains(List<String> domains, String title, String where) {
        List<String> names = Method.names(methods, Plan.Group.METHOD);
        if (names.isEmpty()) {
            return;
        }
        List<String> rows = methods.stream()
                .filter(other -> other.group() != Plan.Group.METHOD)
                .flatMap(other -> gainsOver(other, names.get(0), domains).stream())
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        line("");
        line(title);
        line("");
        line("Paired: the same seeds and problems; points, %s.".formatted(where));
        line("");
        line(head("against"));
        rows.forEach(this::line);
    }

    /** A row of differences; none if the two were never measured in the same way. */
    private Optional<String> gainsOver(Method other, String method, List<String> domains) {
        StringBuilder row = new StringBuilder();
        boolean any = false;
        for (Plan.ProblemSet set : plan.sets()) {
            for (boolean withRoutes : new boolean[] {false, true}) {
                List<String> both = answers.domains(set.name(), withRoutes, method, other.name()).stream()
                        .filter(domains::contains)
                        .toList();
                any |= !both.isEmpty();
                row.append(" %s |"
                        .formatted(
                                both.isEmpty()
                                        ? ""
                                        : points(comparison.gain(set.name(), both, withRoutes, method, other.name()))));
            }
        }
        return any ? Optional.of("| " + other.title() + " |" + row) : Optional.empty();
    }

    private String head(String first) {
        StringBuilder head = new StringBuilder("| " + first + " |");
        plan.sets().forEach(set -> head.append(" %s, without routes | with |".formatted(set.name())));
        return head.append("\n|---|")
                .append("---|---|".repeat(plan.sets().size()))
                .toString();
    }

    private void gaps() {
        if (plan.sets().size() < 2) {
            return;
        }
        String test = plan.sets().get(0).name();
        String harder = plan.sets().get(1).name();
        line("");
        line("## Autonomy and generalisation");
        line("");
        line(("Autonomy gap: accuracy with routes minus without, %s problems. Generalisation loss: accuracy on %s"
                        + " problems minus that on %s ones. Points; less is better. A method that knows little has"
                        + " little to lose, so the last columns say how much of its %s accuracy each keeps, in"
                        + " percent; more is better.")
                .formatted(test, test, harder, test));
        line("");
        line("| method | autonomy gap | generalisation loss, without routes | with | kept, without routes | with |");
        line("|---|---|---|---|---|---|");
        for (Method method : methods) {
            String name = method.name();
            boolean gap = answers.has(test, name, false) && answers.has(test, name, true);
            boolean alone =
                    !comparison.domainsOfBoth(test, harder, false, name, name).isEmpty();
            boolean helped =
                    !comparison.domainsOfBoth(test, harder, true, name, name).isEmpty();
            if (gap || alone) {
                line("| %s | %s | %s | %s | %s | %s |"
                        .formatted(
                                method.title(),
                                gap ? points(comparison.autonomyGap(test, name)) : "",
                                alone ? points(comparison.loss(test, harder, false, name)) : "",
                                helped ? points(comparison.loss(test, harder, true, name)) : "",
                                alone ? percent(comparison.kept(test, harder, false, name)) : "",
                                helped ? percent(comparison.kept(test, harder, true, name)) : ""));
            }
        }
    }

    private void spent() throws IOException {
        line("");
        line("## Budget");
        line("");
        line("Mean over runs. Samples: completions drawn for training, those of advisers and teachers included."
                + " Tokens trained: tokens that carried a loss. Time of the run without what it shared with earlier"
                + " ones, a thread each.");
        line("");
        line("| method | samples | tokens generated | tokens trained | minutes |");
        line("|---|---|---|---|---|");
        Map<Plan.Arm, Spent> byArm = new LinkedHashMap<>();
        for (Task task : tasks) {
            byArm.merge(task.arm(), Spent.of(task, plan.recordedRoutes()), Spent::plus);
        }
        byArm.forEach((arm, sum) -> {
            long runs = tasks.stream().filter(task -> task.arm().equals(arm)).count();
            Spent mean = sum.times(1.0 / runs);
            line(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %,.0f | %.1f |",
                    arm.title(),
                    mean.samples(),
                    mean.generated(),
                    mean.trained(),
                    mean.seconds() / 60));
        });
    }

    private void foot() {
        line("");
        line("The workflows are described in `bench/claims/specs`; `./realm new bench/claims/specs/rft.json FOLDER`"
                + " writes one to open in KNIME.");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String percent(Difference d) {
        return figure("%.1f", d);
    }

    private static String points(Difference d) {
        return figure("%+.1f", d);
    }

    /**
     * Empty where there is nothing, or a share of nothing; without an interval where a resample had nothing, or where
     * all values are alike, as a bootstrap of those has no width.
     */
    private static String figure(String format, Difference d) {
        if (d == null || !Double.isFinite(d.mean())) {
            return "";
        }
        boolean interval = Double.isFinite(d.low()) && Double.isFinite(d.high()) && d.low() < d.high();
        return interval
                ? String.format(
                        Locale.ROOT,
                        "%1$s (%1$s to %1$s)".replace("%1$s", format),
                        100 * d.mean(),
                        100 * d.low(),
                        100 * d.high())
                : String.format(Locale.ROOT, format, 100 * d.mean());
    }
}
