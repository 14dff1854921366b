package org.realm4knime.headless.workflow;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.realm4knime.engine.WholeFile;

/** Writes a workflow's folder as the archive that KNIME imports: {@code .knwf}, with the folder at its top. */
public final class ArchiveWriter {

    /** The end of such a file's name. */
    public static final String SUFFIX = ".knwf";

    private ArchiveWriter() {}

    /**
     * @param folder a workflow's folder
     * @param name of the workflow in KNIME
     * @param target the file to write
     * @throws WorkflowException if the file is there already
     * @throws IOException if it cannot be written
     */
    public static void write(Path folder, String name, Path target) throws WorkflowException, IOException {
        if (Files.exists(target)) {
            throw new WorkflowException(target + " exists already; name a new file.");
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        }
        WholeFile.write(target, (WritableByteChannel channel) -> {
            try (ZipOutputStream zip = new ZipOutputStream(WholeFile.stream(channel))) {
                for (Path file : files) {
                    // with / on every machine, as archives have it
                    String entry =
                            name + "/" + folder.relativize(file).toString().replace('\\', '/');
                    zip.putNextEntry(new ZipEntry(entry));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
        });
    }
}
