package org.realm4knime.headless.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.realm4knime.engine.IoReason;

/**
 * A workflow to be read: a folder as it is, or an exported archive ({@code .knwf}, {@code .knar}) unpacked to a
 * temporary folder that {@link #close()} removes.
 */
public final class WorkflowArchive implements AutoCloseable {

    /** How deep an archive's folders are searched. */
    private static final int DEPTH = 8;

    private final Path folder;
    private final Path temporary;

    private WorkflowArchive(Path folder, Path temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    /**
     * @param location a workflow folder, or a .knwf or .knar file
     * @return the folder to read, unpacked if need be
     * @throws WorkflowException if the archive is broken or holds no workflow, or more than one
     */
    public static WorkflowArchive open(Path location) throws WorkflowException {
        if (!Files.exists(location)) {
            throw new WorkflowException(
                    "No workflow at %s: there is no such file or folder; check the path.".formatted(location));
        }
        if (!Files.isRegularFile(location) || !isZip(location)) {
            return new WorkflowArchive(location, null);
        }
        WorkflowArchive unpacked = null;
        try {
            Path temporary = Files.createTempDirectory("realm-workflow");
            unpacked = new WorkflowArchive(temporary, temporary);
            Unpacking.USUAL.unpack(location, temporary);
            return new WorkflowArchive(onlyWorkflow(location, temporary), temporary);
        } catch (IOException e) {
            throw broken(unpacked, location, e);
        } catch (UncheckedIOException e) {
            throw broken(unpacked, location, e.getCause());
        } catch (WorkflowException e) {
            close(unpacked);
            throw e;
        }
    }

    private static WorkflowException broken(WorkflowArchive unpacked, Path location, IOException cause) {
        close(unpacked);
        return new WorkflowException(
                "Cannot unpack %s: %s. If it is damaged, export it again.".formatted(location, IoReason.of(cause)),
                cause);
    }

    /** By its name or its first bytes, so that a broken archive is called one, and a renamed one is read. */
    private static boolean isZip(Path file) throws WorkflowException {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(knwf|knar)")) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(4), new byte[] {'P', 'K', 3, 4});
        } catch (IOException e) {
            throw new WorkflowException("Cannot read %s: %s.".formatted(file, IoReason.of(e)), e);
        }
    }

    private static Path onlyWorkflow(Path archive, Path unpacked) throws IOException, WorkflowException {
        List<Path> found = WorkflowReader.workflowsIn(unpacked, DEPTH);
        if (found.isEmpty()) {
            throw new WorkflowException(archive + " holds no workflow (no workflow.knime in it).");
        }
        if (found.size() > 1) {
            String names = found.stream()
                    .map(folder -> unpacked.relativize(folder).toString())
                    .collect(Collectors.joining(", "));
            throw new WorkflowException(
                    "%s holds several workflows: %s. Unpack it (unzip reads it) and name the folder of the one to run."
                            .formatted(archive, names));
        }
        return found.get(0);
    }

    /** @return the workflow's folder */
    public Path folder() {
        return folder;
    }

    private static void close(WorkflowArchive archive) {
        if (archive != null) {
            archive.close();
        }
    }

    /** Removes what was unpacked. */
    @Override
    public void close() {
        if (temporary != null) {
            try {
                FolderTree.delete(temporary);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot remove the temporary folder " + temporary, e);
            }
        }
    }
}
