package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/** Trainings that are killed at random moments, again and again, and end as if they had not been. */
public final class Resumed {

    private Resumed() {}

    /**
     * What a training left.
     *
     * @param weights of the model, and of its adapter if it has one
     * @param result log, completions and warnings
     */
    public record Outcome(List<float[]> weights, TrainingResult result) {}

    /** A training from the beginning, by a model of its own. */
    @FunctionalInterface
    public interface Training {

        /** Trains, or goes on from a checkpoint in the folder. */
        Outcome run(Path checkpoints, Progress progress) throws CanceledJobException;
    }

    /** Ends a training as the end of its process would: nothing is saved and nothing is told. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Kills a training that has asked so many times whether to stop, or counts. */
    private record Kill(AtomicInteger questions, int at) implements Progress {

        @Override
        public void report(double fraction, String message) {
            // the moment is counted in questions
        }

        @Override
        public void checkCanceled() {
            if (questions.incrementAndGet() == at) {
                throw new Killed();
            }
        }
    }

    /**
     * Kills a training, lets it go on, and so on; then weights, optimizer state, log, completions, notes and warnings
     * must be those of one that was left alone, without any tolerance.
     *
     * @param kills how often
     * @param random draws the moments from half as much again as an undisturbed training takes: one that goes on does
     *     what comes before the first step again, reads its checkpoint as well, and would never end otherwise
     */
    public static void endsAsIfNeverKilled(Path folder, int kills, Random random, Training training)
            throws IOException, CanceledJobException {
        AtomicInteger questions = new AtomicInteger();
        Path undisturbed = folder.resolve("undisturbed");
        Outcome expected = training.run(undisturbed, new Kill(questions, -1));
        int runs = 0;
        int killed = 0;
        while (killed < kills) {
            Path checkpoints = folder.resolve("run-" + runs++);
            Outcome outcome = null;
            while (outcome == null) {
                int at = 1 + random.nextInt(questions.get() * 3 / 2);
                try {
                    outcome = training.run(checkpoints, new Kill(new AtomicInteger(), at));
                } catch (Killed e) {
                    killed++;
                }
            }
            assertSame(outcome, expected);
            assertThat(withoutTimes(checkpoints)).isEqualTo(withoutTimes(undisturbed));
        }
    }

    private static void assertSame(Outcome outcome, Outcome expected) {
        assertThat(outcome.weights()).usingRecursiveComparison().isEqualTo(expected.weights());
        assertThat(log(outcome)).isEqualTo(log(expected));
        assertThat(outcome.result().completions()).isEqualTo(expected.result().completions());
        assertThat(outcome.result().notes()).isEqualTo(expected.result().notes());
        assertThat(outcome.result().warnings()).isEqualTo(expected.result().warnings());
    }

    private static List<String> log(Outcome outcome) {
        return outcome.result().log().stream()
                .map(row -> row.toString().replaceAll("tokensPerSecond=[^,]*", ""))
                .toList();
    }

    /** The files of the last checkpoint, the optimizer's moments among them; the log has the speed of each step. */
    private static Map<String, String> withoutTimes(Path checkpoints) throws IOException {
        Path last;
        try (Stream<Path> entries = Files.list(checkpoints)) {
            last = entries.max((a, b) -> Integer.compare(number(a), number(b))).orElseThrow();
        }
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(last)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String name = last.relativize(file).toString();
                if (!name.equals("state.json") && !name.equals(Checksums.FILE)) {
                    files.put(last.getFileName() + "/" + name, DigestUtils.sha256Hex(Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }

    private static int number(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().replaceAll("\\D", ""));
    }
}
