package org.realm4knime.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.Parameter.Part;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;

/**
 * Reads the weights of a Hugging Face directory, one safetensors file or several shards, into float32 tensors in
 * program order.
 *
 * <p>The files are mapped, and rows go through one staging buffer, so reading needs little memory beyond the tensors.
 */
final class CheckpointReader implements AutoCloseable {

    private static final String SINGLE_FILE = "model.safetensors";
    private static final String INDEX_FILE = "model.safetensors.index.json";
    private static final String HEAD = "lm_head.weight";
    private static final int STAGING_BYTES = 32 << 20;

    private final Path directory;
    private final String configFile;
    private final Map<String, SafetensorsFile> files = new HashMap<>();
    private final Map<String, String> fileOfTensor = new HashMap<>();
    /** Names in the files by the plain ones. */
    private final Map<String, String> stored;

    private final ByteBuffer staging;

    /** Opens the files of a model. */
    CheckpointReader(Path directory) {
        this(directory, SINGLE_FILE, "config.json", TensorNames::ofModel);
    }

    /** Opens the weights of an adapter in PEFT's format. */
    static CheckpointReader ofAdapter(Path directory) {
        return new CheckpointReader(directory, PeftConfig.WEIGHTS_FILE, PeftConfig.CONFIG_FILE, TensorNames::ofAdapter);
    }

    private CheckpointReader(
            Path directory,
            String weightsFile,
            String configFile,
            Function<Collection<String>, Map<String, String>> plainNames) {
        this.directory = directory;
        this.configFile = configFile;
        try {
            if (Files.exists(directory.resolve(weightsFile))) {
                open(weightsFile).entries().keySet().forEach(name -> fileOfTensor.put(name, weightsFile));
            } else if (Files.exists(directory.resolve(INDEX_FILE))) {
                openShards();
            } else {
                throw noWeights(weightsFile.equals(SINGLE_FILE) ? SINGLE_FILE + " and no " + INDEX_FILE : weightsFile);
            }
            stored = plainNames.apply(fileOfTensor.keySet().stream().sorted().toList());
        } catch (EngineException e) {
            close();
            throw e;
        }
        staging = ByteBuffer.allocateDirect(STAGING_BYTES).order(ByteOrder.nativeOrder());
    }

    /**
     * Checks that the files hold no further tensors: layers or biases that would be left out without a word. Allowed
     * are an output projection beside a tied embedding, which transformers ignores too, and rotary frequencies, which
     * old checkpoints hold and which follow from the configuration.
     *
     * @throws EngineException naming the first that is not among the parameters
     */
    void requireNothingElse(List<Parameter> parameters) {
        Set<String> known = parameters.stream()
                .flatMap(p -> p.parts().stream())
                .map(Part::name)
                .collect(Collectors.toSet());
        stored.keySet().stream()
                .filter(name -> !known.contains(name) && !name.equals(HEAD) && !name.endsWith(".rotary_emb.inv_freq"))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new EngineException(
                            ("%s: tensor %s does not belong to a model of this shape. %s does not fit these weights;"
                                            + " download both again.")
                                    .formatted(
                                            directory.resolve(fileOfTensor.get(stored.get(name))),
                                            stored.get(name),
                                            configFile));
                });
    }

    /**
     * Reads all parameters into tensors of the scope; the files are checked before there is memory for any.
     *
     * @param progress asked, before each few rows, whether to stop
     */
    List<NDArray> read(List<Parameter> parameters, TensorScope scope, Progress progress) throws CanceledJobException {
        parameters.stream().flatMap(p -> p.parts().stream()).forEach(part -> checked(part, fileWith(part)));
        List<NDArray> tensors = new ArrayList<>(parameters.size());
        for (Parameter parameter : parameters) {
            tensors.add(read(parameter, scope, progress));
        }
        return tensors;
    }

    private NDArray read(Parameter parameter, TensorScope scope, Progress progress) throws CanceledJobException {
        NDArray tensor = Torch.run(() -> scope.manager().create(new Shape(parameter.dimensions()), DataType.FLOAT32));
        long row = 0;
        for (Part part : parameter.parts()) {
            readPart(part, tensor, row, scope, progress);
            row += part.rows();
        }
        return tensor;
    }

    private void readPart(Part part, NDArray tensor, long firstRow, TensorScope scope, Progress progress)
            throws CanceledJobException {
        SafetensorsFile file = fileWith(part);
        SafetensorsFile.Entry entry = entry(part, file);
        WeightType type = checked(part, file);
        int rowBytes = part.columns() * type.bytes();
        int block = part.block();
        int rowsAtOnce = Math.max(1, STAGING_BYTES / (Float.BYTES * part.columns()) / block) * block;
        if ((long) rowsAtOnce * part.columns() * Float.BYTES > STAGING_BYTES) {
            throw new EngineException("%s: rows of tensor %s are too long.".formatted(file.path(), part.name()));
        }
        for (int done = 0; done < part.rows(); done += rowsAtOnce) {
            progress.checkCanceled();
            int rows = Math.min(rowsAtOnce, part.rows() - done);
            ByteBuffer source = file.map(entry, (long) done * rowBytes, (long) rows * rowBytes);
            fill(source, type, part, done, rows);
            long row = firstRow + done;
            Torch.run(() -> store(tensor, row, rows, part, scope));
        }
    }

    /** Widens rows to float32 and puts them in program order; {@code first} begins a block of the part. */
    private void fill(ByteBuffer source, WeightType type, Part part, int first, int rows) {
        staging.clear();
        FloatBuffer target = staging.asFloatBuffer();
        FloatBuffer floats = source.asFloatBuffer();
        int columns = part.columns();
        for (int row = 0; row < rows; row++) {
            int from = (part.checkpointRow(first + row) - first) * columns;
            if (type == WeightType.FLOAT32 && !part.lessOne()) {
                target.put(floats.slice(from, columns));
            } else {
                for (int column = 0; column < columns; column++) {
                    target.put(type.get(source, (from + column) * type.bytes()) + part.offset());
                }
            }
        }
    }

    private NDArray store(NDArray tensor, long row, int rows, Part part, TensorScope scope) {
        Shape shape = part.vector() ? new Shape(rows) : new Shape(rows, part.columns());
        ByteBuffer bytes = staging.duplicate().order(ByteOrder.nativeOrder());
        bytes.limit(Math.toIntExact(shape.size() * Float.BYTES));
        try (NDArray values = scope.manager().create(bytes, shape, DataType.FLOAT32)) {
            tensor.set(new NDIndex("%d:%d".formatted(row, row + rows)), values);
            return tensor;
        }
    }

    private SafetensorsFile fileWith(Part part) {
        String name = stored.get(part.name());
        if (name == null && part.name().equals(HEAD)) {
            throw new EngineException(
                    ("%s: the output projection, %s, is missing from the checkpoint, and %s says that it is not"
                                    + " shared with the embedding. Models saved without their head (LlamaModel,"
                                    + " Qwen2Model) cannot write: take the one with it (LlamaForCausalLM,"
                                    + " Qwen2ForCausalLM).")
                            .formatted(directory, HEAD, configFile));
        }
        if (name == null) {
            throw new EngineException("%s: tensor %s is missing from the checkpoint. %s does not fit these weights."
                    .formatted(directory, part.name(), configFile));
        }
        SafetensorsFile open = files.get(fileOfTensor.get(name));
        if (!open.entries().containsKey(name)) {
            throw new EngineException(
                    "%s: tensor %s is missing, although %s says it is there. Download the model again."
                            .formatted(open.path(), name, INDEX_FILE));
        }
        return open;
    }

    private SafetensorsFile.Entry entry(Part part, SafetensorsFile file) {
        return file.entries().get(stored.get(part.name()));
    }

    private WeightType checked(Part part, SafetensorsFile file) {
        SafetensorsFile.Entry entry = entry(part, file);
        if (!entry.shape().equals(part.shape())) {
            throw new EngineException("%s: tensor %s has shape %s, but %s asks for %s."
                    .formatted(file.path(), part.name(), entry.shape(), configFile, part.shape()));
        }
        if (entry.weightType() == null) {
            throw new EngineException("%s: tensor %s has type %s. Supported are F32, F16 and BF16."
                    .formatted(file.path(), part.name(), entry.type()));
        }
        return entry.weightType();
    }

    private void openShards() {
        JsonObject index = JsonFiles.readObject(directory.resolve(INDEX_FILE));
        JsonElement map = index.get("weight_map");
        if (map == null || !map.isJsonObject()) {
            throw new EngineException(
                    directory.resolve(INDEX_FILE) + ": \"weight_map\" is missing. Download it again.");
        }
        map.getAsJsonObject().entrySet().forEach(e -> fileOfTensor.put(e.getKey(), shard(e.getKey(), e.getValue())));
        List<String> shards = fileOfTensor.values().stream().distinct().sorted().toList();
        for (String shard : shards) {
            if (!Files.exists(directory.resolve(shard))) {
                throw new EngineException("%s is missing: one of the %d shards that %s lists. Download it."
                        .formatted(directory.resolve(shard), shards.size(), INDEX_FILE));
            }
            open(shard);
        }
    }

    private String shard(String tensor, JsonElement file) {
        String name = file.isJsonPrimitive() ? file.getAsString() : "";
        if (!name.endsWith(".safetensors") || name.matches("(?s).*[/\\\\\\x00].*")) {
            throw new EngineException("%s: \"weight_map\" names no safetensors file of the folder for tensor %s: %s."
                            .formatted(directory.resolve(INDEX_FILE), tensor, file)
                    + " Download it again.");
        }
        return name;
    }

    private SafetensorsFile open(String name) {
        return files.computeIfAbsent(name, n -> SafetensorsFile.open(directory.resolve(n)));
    }

    private EngineException noWeights(String expected) {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(p -> p.getFileName().toString())
                    .filter(n -> n.matches("(?!training_args).*\\.(bin|pth?|ckpt|pkl)"))
                    .sorted()
                    .findFirst()
                    .map(n -> new EngineException(
                            "%s is a pickle checkpoint, which can run code when it is loaded, so it is"
                                            .formatted(directory.resolve(n))
                                    + " not read. Use the safetensors version of the model, or convert it with"
                                    + " transformers:"
                                    + " AutoModelForCausalLM.from_pretrained(...).save_pretrained(...,"
                                    + " safe_serialization=True)."))
                    .orElseGet(() -> new EngineException("%s has no %s. Choose the folder that holds the model's files."
                            .formatted(directory, expected)));
        } catch (IOException e) {
            return new EngineException(directory + " cannot be read: " + IoReason.of(e) + ".", e);
        }
    }

    @Override
    public void close() {
        files.values().forEach(SafetensorsFile::close);
    }
}
