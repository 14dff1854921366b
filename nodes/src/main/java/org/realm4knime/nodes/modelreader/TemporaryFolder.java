package org.realm4knime.nodes.modelreader;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;

/** A folder of files, without folders in it, that is deleted when it is closed. */
record TemporaryFolder(Path path) implements AutoCloseable {

    TemporaryFolder() {
        this(create());
    }

    private static Path create() {
        try {
            return Files.createTempDirectory("realm-tokenizer");
        } catch (IOException e) {
            throw new EngineException("There is no place for temporary files: " + IoReason.of(e), e);
        }
    }

    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit(); // small, and no reason to lose the model that was made
        }
    }
}
