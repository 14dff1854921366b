package org.realm4knime.headless.workflow;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.realm4knime.faults.Declared;
import org.realm4knime.faults.Scratch;

/** Exported workflows, .knwf. */
public final class ArchiveFuzz {

    private static final Scratch SCRATCH = new Scratch();

    @FuzzTest
    void archive(byte[] data) {
        read(data);
    }

    /** Unpacks an archive and reads the workflow in it. */
    public static void read(byte[] data) {
        Path file = SCRATCH.write("workflow.knwf", data);
        Declared.only(
                data,
                () -> {
                    try (WorkflowArchive archive = WorkflowArchive.open(file)) {
                        WorkflowReader.read(archive.folder());
                    }
                },
                WorkflowException.class);
    }
}
