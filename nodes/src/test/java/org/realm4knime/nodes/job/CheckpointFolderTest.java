package org.realm4knime.nodes.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.supervised.SupervisedExample;

class CheckpointFolderTest {

    @TempDir
    Path folder;

    @BeforeEach
    void useFolder() {
        System.setProperty("realm4knime.checkpoints", folder.toString());
    }

    @AfterEach
    void clearProperty() {
        System.clearProperty("realm4knime.checkpoints");
    }

    private static Path of(Object... job) {
        return CheckpointFolder.of("trainer", List.of(job)).path();
    }

    @Test
    void theSameJobHasTheSameFolder() {
        List<SupervisedExample> examples = List.of(SupervisedExample.of("a", "b"));
        assertThat(of("model", 3, examples))
                .isEqualTo(of("model", 3, List.of(SupervisedExample.of("a", "b"))))
                .hasParentRaw(folder);
    }

    @Test
    void anyDifferenceGivesAnotherFolder() {
        assertThat(of("model", 3, List.of("a", "b")))
                .isNotEqualTo(of("model", 4, List.of("a", "b")))
                .isNotEqualTo(of("model", 3, List.of("a"), "b"))
                .isNotEqualTo(of("model", 3, List.of("ab")));
        assertThat(of("1", List.of("b"))).isNotEqualTo(of(List.of("1"), "b"));
    }

    @Test
    void anOldCheckpointIsDeletedUnlessItIsToBeResumed() throws Exception {
        CheckpointFolder checkpoint = CheckpointFolder.of("trainer", List.of("x"));
        Path file = checkpoint.path().resolve("a/b");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "state");
        assertThat(checkpoint.prepare(true).resolve("a/b")).exists();
        assertThat(checkpoint.prepare(false)).doesNotExist();
    }

    @Test
    void anInterruptedTrainingOfOtherSettingsIsNamed() throws Exception {
        Path interrupted = CheckpointFolder.of("trainer-3", List.of("rate 1")).path();
        Files.createDirectories(interrupted.resolve("step-3"));
        Files.createDirectories(CheckpointFolder.of("trainer-31", List.of("x")).path());
        CheckpointFolder other = CheckpointFolder.of("trainer-3", List.of("rate 2"));

        assertThat(warnings(other)).isEmpty(); // in KNIME, folders of several workflows lie beside each other
        System.setProperty(CheckpointFolder.KEEP_PROPERTY, "true");
        try {
            assertThat(warnings(other)).singleElement().asString().contains("begins anew", interrupted.toString());
            assertThat(warnings(CheckpointFolder.of("trainer-3", List.of("rate 1"))))
                    .isEmpty();
            Files.writeString(interrupted.resolve(CheckpointFolder.FINISHED), "");
            assertThat(warnings(other)).isEmpty();
        } finally {
            System.clearProperty(CheckpointFolder.KEEP_PROPERTY);
        }
        assertThat(interrupted.resolve("step-3")).exists();
    }

    private static List<String> warnings(CheckpointFolder begun) {
        List<String> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                warnings.add(logged.getMessage());
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger logger = Logger.getLogger(CheckpointFolder.class.getName());
        logger.addHandler(handler);
        try {
            begun.prepare(true);
        } finally {
            logger.removeHandler(handler);
        }
        return warnings;
    }

    @Test
    void aFinishedOneStaysForWhoeverKeepsTheResults() throws Exception {
        CheckpointFolder checkpoint = CheckpointFolder.of("trainer", List.of("x"));
        Files.createDirectories(checkpoint.path().resolve("step-3"));
        System.setProperty(CheckpointFolder.KEEP_PROPERTY, "true");
        try {
            checkpoint.delete();
        } finally {
            System.clearProperty(CheckpointFolder.KEEP_PROPERTY);
        }
        assertThat(checkpoint.path().resolve("step-3")).exists();
        assertThat(checkpoint.path().resolve(CheckpointFolder.FINISHED)).exists();

        checkpoint.delete();
        assertThat(checkpoint.path()).doesNotExist();
    }
}
