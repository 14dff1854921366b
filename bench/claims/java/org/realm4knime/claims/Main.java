package org.realm4knime.claims;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
        } catch (Options.UsageException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(Options options) throws IOException, InterruptedException {
        Plan plan = Plan.read(options.root().resolve("bench/claims/plan.json"));
        List<Plan.Arm> arms = arms(plan, options);
        int planned = options.quick() ? plan.quick().seeds() : plan.seeds();
        List<Integer> seeds = IntStream.rangeClosed(1, options.seeds() > 0 ? options.seeds() : planned)
                .boxed()
                .toList();
        List<Task> tasks = tasks(arms, seeds, options);
        List<Task> failed = List.of();
        if (!options.reportOnly()) {
            Workflows workflows = new Workflows(plan, options);
            List<Task> all = new ArrayList<>(tasks(preparations(plan, arms), seeds, options));
            all.removeIf(workflows::isGiven);
            all.addAll(tasks);
            for (Plan.Arm arm : all.stream().map(Task::arm).distinct().toList()) {
                workflows.write(arm);
            }
            failed = new Runs(options, workflows, all).run();
        }
        List<Task> whole = wholeSeeds(tasks, arms.size());
        if (whole.isEmpty()) {
            System.err.println("No seed has run with all arms, so there is nothing to compare.");
            return false;
        }
        System.out.println(new Report(plan, options, whole).write());
        failed.forEach(task -> System.err.println("failed: " + task));
        return failed.isEmpty();
    }

    private static List<Task> tasks(List<Plan.Arm> arms, List<Integer> seeds, Options options) {
        return arms.stream()
                .flatMap(arm -> seeds.stream().map(seed -> Task.of(arm, seed, options.runs())))
                .distinct()
                .toList();
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

    /** Runs of those seeds with which all arms have run. */
    private static List<Task> wholeSeeds(List<Task> tasks, int arms) throws IOException {
        List<Task> done = new ArrayList<>();
        for (Task task : tasks) {
            if (task.done() != null) {
                done.add(task);
            }
        }
        return done.stream()
                .filter(task -> done.stream().filter(other -> other.seed() == task.seed()).count() == arms)
                .toList();
    }
}
