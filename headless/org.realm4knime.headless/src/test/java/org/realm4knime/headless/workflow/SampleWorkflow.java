package org.realm4knime.headless.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a workflow that KNIME 5.12 saved, to read or to break. */
public final class SampleWorkflow {

    private static final Path SAMPLES = Path.of("src/test/resources/samples");

    private final Path folder;

    private SampleWorkflow(Path folder) {
        this.folder = folder;
    }

    /**
     * @param name tables or port-object
     * @param parent where to copy it
     * @return the copy
     */
    public static SampleWorkflow copy(String name, Path parent) throws IOException {
        Path source = SAMPLES.resolve(name);
        Path target = parent.resolve(name);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(source)) {
            files = walk.toList();
        }
        for (Path file : files) {
            Files.copy(file, target.resolve(source.relativize(file)));
        }
        return new SampleWorkflow(target);
    }

    /** @return its folder */
    public Path folder() {
        return folder;
    }

    /** Replaces text in one of its files; the text must be there. */
    public SampleWorkflow edit(String file, String text, String by) throws IOException {
        Path path = folder.resolve(file);
        String content = Files.readString(path);
        if (!content.contains(text)) {
            throw new IllegalArgumentException(file + " does not hold " + text);
        }
        Files.writeString(path, content.replace(text, by));
        return this;
    }
}
