package org.realm4knime.engine.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.spread.Machines;
import org.realm4knime.engine.spread.Workplace;

/**
 * A model on its way to machines: the files of its directory, with float32 weights, so that it is the same there bit
 * for bit.
 *
 * @param name what its bytes are shared under; made of them, so that another model has another one
 * @param modelName what to call the model in messages
 * @param files lengths of the files in bytes, by their paths, in the order of their bytes
 */
public record ModelParcel(String name, String modelName, LinkedHashMap<String, Long> files) implements Serializable {

    /** Bytes of a piece: enough to be few, and little enough for the Java heap to find room. */
    private static final int PIECE = 64 << 20;

    /**
     * Shares a model, its weights as they are now.
     *
     * @param purpose begins the name, so that who shares it for something else may forget it when that is done
     * @param progress asked now and then whether to stop
     * @throws EngineException if there is no room for its files
     */
    public static ModelParcel share(Machines machines, LanguageModel model, String purpose, Progress progress)
            throws CanceledJobException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("realm-model");
            model.write(folder, WeightType.FLOAT32, progress);
            LinkedHashMap<String, Long> files = new LinkedHashMap<>();
            List<byte[]> pieces = pieces(folder, files, progress);
            ModelParcel parcel = new ModelParcel(purpose + "-" + digest(files, pieces, progress), model.name(), files);
            machines.share(parcel.name, pieces);
            return parcel;
        } catch (IOException e) {
            throw new EngineException(
                    "The model " + model.name() + " could not be packed for the cluster in "
                            + System.getProperty("java.io.tmpdir") + ": " + IoReason.of(e)
                            + ". Free some disk, or set another folder with -Djava.io.tmpdir.",
                    e);
        } finally {
            delete(folder);
        }
    }

    private static List<byte[]> pieces(Path folder, Map<String, Long> files, Progress progress)
            throws IOException, CanceledJobException {
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(folder)) {
            paths = walked.filter(Files::isRegularFile).sorted().toList();
        }
        List<byte[]> pieces = new ArrayList<>();
        for (Path path : paths) {
            files.put(folder.relativize(path).toString().replace('\\', '/'), Files.size(path));
            try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
                for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                    progress.checkCanceled();
                    pieces.add(piece);
                }
            }
        }
        return pieces;
    }

    private static String digest(Map<String, Long> files, List<byte[]> pieces, Progress progress)
            throws CanceledJobException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(files.toString().getBytes(StandardCharsets.UTF_8));
            for (byte[] piece : pieces) {
                progress.checkCanceled();
                digest.update(piece);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Opens the model in a process that does tasks; whoever asked closes it.
     *
     * @throws EngineException if it cannot be read
     */
    public LanguageModel open(Workplace at) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("realm-model");
            write(at.shared(name), folder);
            LanguageModel model = LanguageModel.read(folder);
            return model.as(modelName, model.promptFormat());
        } catch (IOException e) {
            // not the engine's own exception: another machine may have room
            throw new IllegalStateException("The model " + modelName + " could not be unpacked", e);
        } finally {
            delete(folder);
        }
    }

    private void write(List<byte[]> pieces, Path folder) throws IOException {
        int next = 0;
        for (Map.Entry<String, Long> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            try (OutputStream out = Files.newOutputStream(path)) {
                for (long left = file.getValue(); left > 0; next++) {
                    out.write(pieces.get(next));
                    left -= pieces.get(next).length;
                }
            }
        }
    }

    private static void delete(Path folder) {
        if (folder != null) {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }
}
