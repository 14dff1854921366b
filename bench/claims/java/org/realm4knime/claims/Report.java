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
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

/** Writes RESULTS.md and its pictures. */
final class Report {

    private final Plan plan;
    private final Options options;
    private final List<Suite> suites;
    private final List<Task> tasks;
    private final List<Integer> seeds;
    private final List<Method> methods;
    private final Answers answers;
    private final Comparison comparison;
    private final StringBuilder text = new StringBuilder();

    Report(Plan plan, Options options, List<Suite> suites, List<Task> tasks) throws IOException {
        this.plan = plan;
        this.options = options;
        this.suites = suites;
        this.tasks = tasks;
        seeds = tasks.stream().map(Task::seed).distinct().sorted().toList();
        methods = Method.of(plan, tasks.stream().map(Task::arm).distinct().toList());
        answers = Answers.read(plan, tasks);
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
        gains();
        gaps();
        spent();
        foot();
        return Files.writeString(folder.resolve("RESULTS.md"), text);
    }

    private void head() {
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
            line(options.quick()
                    ? "**A quick look with short trainings: it shows that everything runs, and nothing else.**"
                    : "**Measured on the validation split, to choose settings.**");
        }
        for (Suite suite : suites) {
            if (suite.domain() != null) {
                line("");
                line("Domain " + suite.domain().name() + ". " + String.join(" ", suite.domain().notes()));
            }
        }
        line("");
        line("Accuracies in percent, as the mean over seeds; domains count the same each. Brackets hold 95 % intervals of a"
                + " bootstrap that draws seeds and, for all of them alike, problems anew.");
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
                    .formatted(claim.number(), claim.text(), points(claim.measured()), claim.holds() ? "yes" : "**no**"));
        }
    }

    private void accuracies(Plan.ProblemSet set, Path plots) throws IOException {
        List<String> domains = answers.domains(set.name());
        line("");
        String title = "Accuracy on %s problems%s"
                .formatted(set.name(), options.validation() ? ", of the splits to choose settings by" : "");
        line("## " + title);
        line("");
        line("![accuracy](plots/%s.svg)".formatted(set.name()));
        line("");
        StringBuilder head = new StringBuilder("| method |");
        for (String domain : columns(domains)) {
            head.append(" %s, without routes | with |".formatted(domain));
        }
        line(head.toString());
        line("|---|" + "---|---|".repeat(columns(domains).size()));
        List<DotPlot.Row> rows = new ArrayList<>();
        for (Method method : methods) {
            StringBuilder row = new StringBuilder("| " + method.title() + " |");
            for (List<String> together : groups(domains)) {
                row.append(" ").append(cell(set.name(), together, method, false)).append(" |");
                row.append(" ").append(cell(set.name(), together, method, true)).append(" |");
            }
            line(row.toString());
            rows.add(new DotPlot.Row(
                    method.title(),
                    estimate(set.name(), domains, method, false),
                    estimate(set.name(), domains, method, true)));
        }
        Files.writeString(
                plots.resolve(set.name() + ".svg"),
                DotPlot.svg(title + ", mean over domains", rows));
    }

    private static List<String> columns(List<String> domains) {
        List<String> columns = new ArrayList<>(domains);
        if (domains.size() > 1) {
            columns.add("mean");
        }
        return columns;
    }

    private static List<List<String>> groups(List<String> domains) {
        List<List<String>> groups = new ArrayList<>(domains.stream().map(List::of).toList());
        if (domains.size() > 1) {
            groups.add(domains);
        }
        return groups;
    }

    private String cell(String set, List<String> domains, Method method, boolean withRoutes) {
        Difference estimate = estimate(set, domains, method, withRoutes);
        return estimate == null ? "" : percent(estimate);
    }

    /** Null where the method was not measured so. */
    private Difference estimate(String set, List<String> domains, Method method, boolean withRoutes) {
        return answers.has(set, method.name(), withRoutes)
                ? comparison.accuracy(set, domains, method.name(), withRoutes)
                : null;
    }

    private void gains() {
        List<String> method = Method.names(methods, Plan.Group.METHOD);
        if (method.isEmpty()) {
            return;
        }
        line("");
        line("## ReaLM minus the others");
        line("");
        line("Paired: the same seeds and problems; points, on the mean over domains.");
        line("");
        StringBuilder head = new StringBuilder("| against |");
        plan.sets().forEach(set -> head.append(" %s, without routes | with |".formatted(set.name())));
        line(head.toString());
        line("|---|" + "---|---|".repeat(plan.sets().size()));
        for (Method other : methods) {
            if (other.group() == Plan.Group.METHOD) {
                continue;
            }
            StringBuilder row = new StringBuilder("| " + other.title() + " |");
            for (Plan.ProblemSet set : plan.sets()) {
                for (boolean withRoutes : new boolean[] {false, true}) {
                    row.append(answers.has(set.name(), other.name(), withRoutes)
                            ? " " + points(comparison.gain(set.name(), withRoutes, method.get(0), other.name())) + " |"
                            : " |");
                }
            }
            line(row.toString());
        }
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
        line(("Autonomy gap: accuracy with routes minus without, %s problems. Generalisation loss: accuracy on %s problems"
                        + " minus that on %s ones. Points; less is better. A method that knows little has little to lose, so"
                        + " the last columns say how much of its %s accuracy each keeps, in percent; more is better.")
                .formatted(test, test, harder, test));
        line("");
        line("| method | autonomy gap | generalisation loss, without routes | with | kept, without routes | with |");
        line("|---|---|---|---|---|---|");
        for (Method method : methods) {
            String name = method.name();
            if (answers.has(test, name, false)) {
                boolean with = answers.has(test, name, true);
                boolean both = with && answers.has(harder, name, true);
                line("| %s | %s | %s | %s | %s | %s |"
                        .formatted(
                                method.title(),
                                with ? points(comparison.autonomyGap(test, name)) : "",
                                points(comparison.loss(test, harder, false, name)),
                                both ? points(comparison.loss(test, harder, true, name)) : "",
                                percent(comparison.kept(test, harder, false, name)),
                                both ? percent(comparison.kept(test, harder, true, name)) : ""));
            }
        }
    }

    private void spent() throws IOException {
        line("");
        line("## Budget");
        line("");
        line("Mean over runs. Samples: completions drawn for training, those of advisers and teachers included. Tokens trained:"
                + " tokens that carried a loss. Time of the run without what it shared with earlier ones, a thread each.");
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
        line("The workflows are described in `bench/claims/specs`; `./realm new bench/claims/specs/rft.json FOLDER` writes one to"
                + " open in KNIME.");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String percent(Difference d) {
        return String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", 100 * d.mean(), 100 * d.low(), 100 * d.high());
    }

    private static String points(Difference d) {
        return String.format(Locale.ROOT, "%+.1f (%+.1f to %+.1f)", 100 * d.mean(), 100 * d.low(), 100 * d.high());
    }
}
