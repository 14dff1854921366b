package org.realm4knime.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk without any room: where Linux has /dev/full, whatever is written there fails as on a full disk. */
public final class FullDisk {

    /** What Linux says then. */
    public static final String MESSAGE = "No space left on device";

    private static final Path FULL = Path.of("/dev/full");

    private FullDisk() {}

    /** Makes writing to a file that is to be written whole fail. */
    public static void under(Path file) throws IOException {
        assumeTrue(Files.exists(FULL), "this system has no /dev/full");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file.resolveSibling(file.getFileName() + WholeFile.PART), FULL);
    }
}
