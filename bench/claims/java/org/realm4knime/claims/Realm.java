package org.realm4knime.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Calls ./realm; what still runs when this program ends is ended too. */
final class Realm {

    private final Path command;
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();

    Realm(Path root) {
        command = root.resolve("realm");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> processes.forEach(Process::destroy)));
    }

    /** Writes a workflow from its description, with the data beside it. */
    void write(Path spec, Path folder, Path data) throws IOException, InterruptedException {
        Files.createDirectories(folder.getParent());
        Process process = new ProcessBuilder(command.toString(), "new", spec.toString(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("The workflow of " + spec + " could not be written.");
        }
        Path link = folder.resolve("data");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, data);
    }

    /**
     * Runs a workflow on one thread.
     *
     * @param out its results; what is said goes to console.log there
     * @param options such as {@code --resume}
     * @param settings settings to change
     * @return whether it ended well
     */
    boolean run(Path workflow, Path out, List<String> options, List<String> settings)
            throws IOException, InterruptedException {
        Files.createDirectories(out);
        List<String> line = new ArrayList<>(
                List.of(command.toString(), "run", workflow.toString(), "--out", out.toString(), "--threads", "1"));
        line.addAll(options);
        for (String setting : settings) {
            line.addAll(List.of("--set", setting));
        }
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(out.resolve("console.log").toFile())
                .start();
        processes.add(process);
        int code = process.waitFor();
        processes.remove(process);
        return code == 0;
    }
}
