package org.realm4knime.nodes.port;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.ModelHistory;

/**
 * The files of a Hugging Face directory that make up a model, those of its LoRA adapter in the subfolder
 * {@code adapter} among them.
 *
 * @param directory the directory
 * @param files paths of the files within the directory, sorted
 * @param bytes their size together
 */
record ModelFiles(Path directory, List<String> files, long bytes) {

    /** Weights, configuration, tokenizer and chat template; not pickles, caches or other formats of the weights. */
    private static final Set<String> EXTENSIONS = Set.of("json", "safetensors", "txt", "jinja", "model");

    private static final String ADAPTER = "adapter";
    private static final String ADAPTER_CONFIG = "adapter_config.json";

    private static final int BUFFER = 1 << 20;

    static ModelFiles in(Path directory) {
        try {
            List<Path> paths = new ArrayList<>(filesIn(directory));
            Path adapter = directory.resolve(ADAPTER);
            if (Files.isRegularFile(adapter.resolve(ADAPTER_CONFIG))) {
                paths.addAll(filesIn(adapter));
            }
            long bytes = 0;
            for (Path path : paths) {
                bytes += Files.size(path);
            }
            List<String> names = paths.stream()
                    .map(p -> directory.relativize(p).toString().replace('\\', '/'))
                    .toList();
            return new ModelFiles(directory, names, bytes);
        } catch (IOException e) {
            throw new EngineException(
                    "The model folder '" + directory + "' cannot be read: " + IoReason.of(e)
                            + ". Check that it exists and that you may read it.",
                    e);
        }
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(ModelFiles::belongsToModel).sorted().toList();
        }
    }

    private static boolean belongsToModel(Path path) {
        String name = path.getFileName().toString();
        return Files.isRegularFile(path) && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Copies the files into another directory, which is created. */
    void copyTo(Path target, Progress progress) throws CanceledJobException {
        try {
            Files.createDirectories(target);
            byte[] buffer = new byte[BUFFER];
            long copied = 0;
            for (String file : files) {
                Files.createDirectories(target.resolve(file).getParent());
                try (InputStream in = Files.newInputStream(directory.resolve(file));
                        var out = Files.newOutputStream(target.resolve(file))) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        progress.checkCanceled();
                        out.write(buffer, 0, read);
                        copied += read;
                        progress.report((double) copied / Math.max(1, bytes), "Copying " + file);
                    }
                }
            }
        } catch (IOException e) {
            throw new EngineException(
                    "The model cannot be copied from '" + directory + "' to '" + target + "': " + IoReason.of(e)
                            + ". Check the free space on the disk.",
                    e);
        }
    }

    /** Whether a file has weights: left over from another model, they would be read with the new ones. */
    static boolean isWeights(Path file) {
        return file.getFileName().toString().contains(".safetensors");
    }

    /** Number and size, for example {@code 4 files, 3.4 MB}. */
    String summary() {
        String size = bytes < 1e6
                ? "%.0f kB".formatted(bytes / 1e3)
                : bytes < 1e9 ? "%.1f MB".formatted(bytes / 1e6) : "%.2f GB".formatted(bytes / 1e9);
        return files.size() + (files.size() == 1 ? " file, " : " files, ") + size;
    }

    /** SHA-256 over names and content; not of the model's history, which makes no other model of it. */
    String digest(Progress progress) throws CanceledJobException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (String file : files.stream()
                    .filter(name -> !name.equals(ModelHistory.FILE))
                    .toList()) {
                digest.update(file.getBytes(StandardCharsets.UTF_8));
                try (InputStream in = Files.newInputStream(directory.resolve(file))) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        progress.checkCanceled();
                        digest.update(buffer, 0, read);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new EngineException(
                    "The model's files in '" + directory + "' cannot be read: " + IoReason.of(e) + ".", e);
        }
    }
}
