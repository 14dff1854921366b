package org.realm4knime.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Runs the workflows, some side by side, and skips those that have run already. */
final class Runs {

    /** Begins what the command line says about the run as a whole. */
    private static final String SAID = "realm: ";

    private final Options options;
    private final Workflows workflows;
    private final List<Task> tasks;
    private final Realm realm;
    private final AtomicInteger ended = new AtomicInteger();

    /**
     * @param tasks what to run; a predecessor comes before those that share its results
     */
    Runs(Options options, Workflows workflows, List<Task> tasks, Realm realm) {
        this.options = options;
        this.workflows = workflows;
        this.tasks = List.copyOf(tasks);
        this.realm = realm;
    }

    /**
     * Runs all.
     *
     * @return those that failed
     */
    List<Task> run() {
        ExecutorService pool = Executors.newFixedThreadPool(options.jobs());
        Map<Task, CompletableFuture<Boolean>> runs = new LinkedHashMap<>();
        for (Task task : tasks) {
            CompletableFuture<?>[] before = runs.keySet().stream()
                    .filter(other -> other.isBefore(task))
                    .map(runs::get)
                    .toArray(CompletableFuture[]::new);
            List<Task> needed = runs.keySet().stream()
                    .filter(other -> other.isBefore(task) && other.arm().group() == Plan.Group.PREPARATION)
                    .toList();
            runs.put(
                    task,
                    CompletableFuture.allOf(before)
                            .thenApplyAsync(
                                    done -> needed.stream()
                                            .filter(other -> !runs.get(other).join())
                                            .findFirst()
                                            .map(failed -> skip(task, failed))
                                            .orElseGet(() -> attempt(task)),
                                    pool));
        }
        List<Task> failed =
                tasks.stream().filter(task -> !runs.get(task).join()).toList();
        pool.shutdown();
        return failed;
    }

    private boolean skip(Task task, Task failed) {
        ended.incrementAndGet();
        say(task, "not run, as it needs the model of " + failed + ", which failed");
        return false;
    }

    private boolean attempt(Task task) {
        boolean well = false;
        try {
            String fingerprint = workflows.fingerprint(task);
            Task.Done done = task.done();
            well = done != null && done.fingerprint().equals(fingerprint);
            if (!well) {
                say(task, "begins");
                well = execute(task, fingerprint);
            }
        } catch (IOException e) {
            say(task, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended.incrementAndGet();
        if (!well) {
            say(
                    task,
                    "failed: " + reason(task) + "; all that was said is in "
                            + task.folder().resolve("console.log"));
        }
        return well;
    }

    /** What the run said last of its own accord. */
    private static String reason(Task task) {
        try (Stream<String> lines = Files.lines(task.folder().resolve("console.log"))) {
            return lines.filter(line -> line.startsWith(SAID))
                    .reduce((a, b) -> b)
                    .map(line -> line.substring(SAID.length()))
                    .orElse("it says no reason");
        } catch (IOException | UncheckedIOException e) {
            return "it did not start";
        }
    }

    private boolean execute(Task task, String fingerprint) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("--resume"));
        for (Path other : shared(task)) {
            line.addAll(List.of("--reuse", other.toString()));
        }
        long start = System.nanoTime();
        if (!realm.run(workflows.folder(task.arm()), task.folder(), line, workflows.settings(task))) {
            return false;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        task.note(new Task.Done(fingerprint, seconds));
        say(task, "done in %.0f s".formatted(seconds));
        return true;
    }

    /** Runs of the same seed: what they have in common with this one need not run again. */
    private List<Path> shared(Task task) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Task other : tasks) {
            boolean sameSeed = other.seed() == task.seed() || other.arm().once();
            if (sameSeed && !other.equals(task) && other.done() != null) {
                folders.add(other.folder());
            }
        }
        return folders;
    }

    private void say(Task task, String what) {
        System.out.printf("[%d/%d] %s: %s%n", ended.get(), tasks.size(), task, what);
    }
}
