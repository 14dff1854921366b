package org.realm4knime.headless.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A workflow to be read: a folder as it is, or an exported {@code .knwf} archive unpacked to a temporary folder that
 * {@link #close()} removes.
 */
public final class WorkflowArchive implements AutoCloseable {

    private final Path folder;
    private final Path temporary;

    private WorkflowArchive(Path folder, Path temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    /**
     * @param location a workflow folder or a .knwf file
     * @return the folder to read, unpacked if need be
     * @throws WorkflowException if the archive is broken or holds no workflow, or more than one
     */
    public static WorkflowArchive open(Path location) throws WorkflowException {
        if (!location.getFileName().toString().endsWith(".knwf") || Files.isDirectory(location)) {
            return new WorkflowArchive(location, null);
        }
        if (!Files.isRegularFile(location)) {
            throw new WorkflowException("No such file: " + location);
        }
        WorkflowArchive unpacked = null;
        try {
            Path temporary = Files.createTempDirectory("realm-workflow");
            unpacked = new WorkflowArchive(temporary, temporary);
            unpack(location, temporary);
            return new WorkflowArchive(onlyWorkflow(location, temporary), temporary);
        } catch (IOException e) {
            close(unpacked);
            throw new WorkflowException("Cannot unpack " + location + ": " + e.getMessage() + ". Export it again.", e);
        } catch (WorkflowException e) {
            close(unpacked);
            throw e;
        }
    }

    private static void unpack(Path archive, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("its entry " + entry.getName() + " lies outside the archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
    }

    private static Path onlyWorkflow(Path archive, Path unpacked) throws IOException, WorkflowException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(unpacked, 3)) {
            found = files.filter(f -> f.endsWith(WorkflowReader.WORKFLOW_FILE))
                    .map(Path::getParent)
                    .sorted(Comparator.comparingInt(Path::getNameCount))
                    .toList();
        }
        if (found.isEmpty()) {
            throw new WorkflowException(archive + " holds no workflow (no workflow.knime in it).");
        }
        Path top = found.get(0);
        if (found.stream().anyMatch(f -> !f.startsWith(top))) {
            throw new WorkflowException(archive + " holds several workflows; export the one to run by itself.");
        }
        return top;
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
