package org.realm4knime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quickstart on Spark's own cluster of processes, two executors of one thread.
 *
 * <p>Tolerance against one process: texts, answers and scores are equal. Logged figures of trainings may differ by
 * 0.0005 of their value or 0.0001, whichever is more, since gradients are summed in another order.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LocalClusterTest {

    private static final String[] TWO_EXECUTORS = {
        "--master", "local-cluster[2,1,1024]", "--spark", "spark.ui.enabled=false"
    };
    private static final double RELATIVE = 5e-4;
    private static final double ABSOLUTE = 1e-4;

    @TempDir
    private static Path folder;

    private static RealmRun spread;

    @BeforeAll
    static void runOnTwoExecutors() throws IOException, InterruptedException {
        spread = RealmRun.quickstart(folder.resolve("spread"), (line, process) -> {}, TWO_EXECUTORS);
    }

    @Test
    void tablesAreThoseOfOneProcess() throws IOException, InterruptedException {
        Map<String, List<Map<String, String>>> expected = RealmRun.quickstart(
                        folder.resolve("one"), (line, process) -> {})
                .tables();

        assertThat(spread.printed()).contains("the work is spread over 2 executors");
        Map<String, List<Map<String, String>>> tables = spread.tables();
        assertThat(tables).containsOnlyKeys(expected.keySet());
        expected.forEach((name, rows) -> {
            assertThat(tables.get(name)).as(name).hasSameSizeAs(rows);
            for (int i = 0; i < rows.size(); i++) {
                assertSame(tables.get(name).get(i), rows.get(i), name + ", row " + (i + 1));
            }
        });
    }

    private static void assertSame(Map<String, String> row, Map<String, String> expected, String where) {
        assertThat(row.keySet()).as(where).isEqualTo(expected.keySet());
        Set<String> columns = expected.keySet();
        for (String column : columns) {
            assertThat(row.get(column)).as(where + ", " + column).satisfies(cell -> assertThat(
                            near(cell, expected.get(column)))
                    .as("%s instead of %s", cell, expected.get(column))
                    .isTrue());
        }
    }

    private static boolean near(String cell, String expected) {
        if (cell.equals(expected)) {
            return true;
        }
        try {
            double value = Double.parseDouble(expected);
            double difference = Math.abs(Double.parseDouble(cell) - value);
            return difference <= Math.max(ABSOLUTE, RELATIVE * Math.abs(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Test
    void anExecutorThatIsKilledInMidTrainingChangesNothingButTheTime() throws IOException, InterruptedException {
        AtomicInteger killed = new AtomicInteger();
        RealmRun hurt = RealmRun.quickstart(
                folder.resolve("hurt"),
                (line, process) -> {
                    if (line.contains("ReaLM Trainer (#13)") && line.contains("Step") && killed.get() == 0) {
                        killed.addAndGet(killOne(process));
                    }
                },
                TWO_EXECUTORS);

        assertThat(killed).hasValue(1);
        assertThat(hurt.tables()).isEqualTo(spread.tables());
        assertThat(hurt.weights()).as("bit for bit").isEqualTo(spread.weights());
    }

    private static int killOne(ProcessHandle process) {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .limit(1)
                .mapToInt(executor -> executor.destroyForcibly() ? 1 : 0)
                .sum();
    }
}
