package org.realm4knime.claims;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.realm4knime.engine.EngineException;

/** Runs all arms with all seeds and compares them; see bench/claims/run. */
public final class Main {

    private Main() {}

    /**
     * @param arguments the repository's folder, then the command line
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            System.exit(run(Options.parse(arguments)) ? 0 : 1);
        } catch (Options.UsageException | EngineException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(Options options) throws IOException, InterruptedException {
        Plan plan = Plan.read(options.root().resolve("bench/claims/plan.json"));
        List<Plan.Arm> arms = arms(plan, options);
        List<Suite> suites = Suite.of(plan, options);
        List<Integer> seeds =
                IntStream.rangeClosed(1, seeds(plan, options)).boxed().toList();
        Realm realm = new Realm(options.root());
        List<Task> failed = new ArrayList<>();
        Map<Suite, List<Task>> whole = new LinkedHashMap<>();
        for (Suite suite : suites) {
            List<Plan.Arm> own = suite.arms(arms);
            List<Task> tasks = tasks(own, seeds, suite);
            if (!options.reportOnly()) {
                failed.addAll(run(suite, own, tasks, seeds, realm));
            }
            whole.put(
                    suite,
                    wholeSeeds(tasks.stream()
                            .filter(task -> !failed.contains(task))
                            .toList()));
        }
        failed.forEach(task ->
                System.err.println("failed: " + task + "; see " + task.folder().resolve("console.log")));
        Map<Suite, List<Task>> compared = inAll(whole);
        if (compared.isEmpty()) {
            System.err.println("No arm has run to its end, so there is nothing to compare.");
            return false;
        }
        System.out.println(new Report(plan, options, arms, compared).write());
        return failed.isEmpty() && compared.size() == suites.size();
    }

    private static int seeds(Plan plan, Options options) {
        if (options.seeds() > 0) {
            return options.seeds();
        }
        Plan.Quick quick =
                options.domains().isEmpty() ? plan.quick() : plan.domain().quick();
        return options.quick() ? quick.seeds() : plan.seeds();
    }

    private static List<Task> run(Suite suite, List<Plan.Arm> arms, List<Task> tasks, List<Integer> seeds, Realm realm)
            throws IOException, InterruptedException {
        Workflows workflows = new Workflows(suite.plan(), suite.options(), suite, realm);
        List<Task> all = new ArrayList<>(tasks(preparations(suite.plan(), arms), seeds, suite));
        all.removeIf(workflows::isGiven);
        all.addAll(tasks);
        for (Plan.Arm arm : all.stream().map(Task::arm).distinct().toList()) {
            workflows.write(arm);
        }
        return new Runs(suite.options(), workflows, all, realm).run();
    }

    private static List<Task> tasks(List<Plan.Arm> arms, List<Integer> seeds, Suite suite) {
        return arms.stream()
                .flatMap(arm -> seeds.stream().map(seed -> Task.of(arm, seed, suite.runs())))
                .distinct()
                .toList();
    }

    /** Of the domains in which anything has run, the runs of those seeds that all of them have. */
    private static Map<Suite, List<Task>> inAll(Map<Suite, List<Task>> whole) {
        Map<Suite, List<Task>> compared = new LinkedHashMap<>(whole);
        compared.values().removeIf(List::isEmpty);
        List<List<Task>> all = List.copyOf(compared.values());
        compared.replaceAll((suite, tasks) -> tasks.stream()
                .filter(task ->
                        all.stream().allMatch(others -> others.stream().anyMatch(other -> other.seed() == task.seed())))
                .toList());
        compared.values().removeIf(List::isEmpty);
        return compared;
    }

    /** What has to run before the arms. */
    private static List<Plan.Arm> preparations(Plan plan, List<Plan.Arm> arms) {
        return plan.arms().stream()
                .filter(arm -> arm.group() == Plan.Group.PREPARATION)
                .filter(arm -> arms.stream().anyMatch(other -> other.after().contains(arm.name())))
                .toList();
    }

    private static List<Plan.Arm> arms(Plan plan, Options options) {
        List<String> unknown = new ArrayList<>(options.arms());
        plan.arms().forEach(arm -> unknown.remove(arm.name()));
        if (!unknown.isEmpty()) {
            throw new Options.UsageException("There is no arm " + unknown.get(0) + ". There are: "
                    + String.join(", ", plan.arms().stream().map(Plan.Arm::name).toList()));
        }
        return plan.arms().stream()
                .filter(arm -> arm.group() != Plan.Group.PREPARATION)
                .filter(arm -> options.arms().isEmpty() || options.arms().contains(arm.name()))
                .toList();
    }

    /** Of the arms that have run at all, the runs of those seeds that all of them have. */
    private static List<Task> wholeSeeds(List<Task> tasks) throws IOException {
        List<Task> done = new ArrayList<>();
        for (Task task : tasks) {
            if (task.done() != null) {
                done.add(task);
            }
        }
        long arms = done.stream().map(Task::arm).distinct().count();
        return done.stream()
                .filter(task -> done.stream()
                                .filter(other -> other.seed() == task.seed())
                                .count()
                        == arms)
                .toList();
    }
}
