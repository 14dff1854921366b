package org.realm4knime.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.WholeFile;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.torch.Torch;

/**
 * A decoder with its weights, tokenizer and prompt format.
 *
 * <p>Weights are float32 tensors in native memory, owned by the model until it is closed. A trainer changes them in
 * place; generation must not run at the same time.
 *
 * <p>A model may carry the low-rank adapter that it was trained with. The weights are then the merged ones, with the
 * adapter in them, so that generation needs not know; the adapter is kept to be trained on, or to be written by itself.
 */
public final class LanguageModel implements AutoCloseable {

    private static final String CONFIG_FILE = "config.json";
    private static final String WEIGHTS_FILE = "model.safetensors";
    private static final String GENERATION_FILE = "generation_config.json";
    private static final String ADAPTER_FOLDER = "adapter";
    /** Member of config.json: folder of the adapter that is merged into the weights. */
    private static final String MERGED_ADAPTER = "realm_merged_adapter";

    private final String name;
    private final DecoderConfig config;
    private final TextTokenizer tokenizer;
    private final PromptFormat promptFormat;
    private final List<Parameter> parameters;
    private final TensorScope scope;
    private final List<NDArray> tensors;
    private LoraAdapter adapter;
    private ModelHistory history = ModelHistory.NONE;

    private LanguageModel(
            String name,
            DecoderConfig config,
            TextTokenizer tokenizer,
            PromptFormat promptFormat,
            TensorScope scope,
            List<NDArray> tensors) {
        this.name = name;
        this.config = config;
        this.tokenizer = tokenizer;
        this.promptFormat = promptFormat;
        this.parameters = WeightLayout.of(config);
        this.scope = scope;
        this.tensors = List.copyOf(tensors);
    }

    /**
     * Reads a Hugging Face directory: config.json, safetensors (one file or shards), tokenizer.json and its neighbours,
     * and the adapter if {@link #write(Path)} has put one there.
     *
     * @param directory the folder, whose name becomes the model's name
     * @throws EngineException if a file is missing or damaged, or the architecture is not supported
     */
    public static LanguageModel read(Path directory) {
        return Progress.unwatched(progress -> read(directory, progress));
    }

    /** The same, asking before each few rows of weights whether to stop. */
    public static LanguageModel read(Path directory, Progress progress) throws CanceledJobException {
        JsonObject json = readConfig(directory);
        LanguageModel model = readWeights(directory, json, progress);
        try {
            if (json.has(MERGED_ADAPTER)) {
                model.adapter = LoraAdapter.read(model.config, directory.resolve(ADAPTER_FOLDER), progress);
            }
            return model;
        } catch (CanceledJobException | EngineException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Reads a Hugging Face directory and merges a LoRA adapter into its weights.
     *
     * @param directory folder of the base model, whose name becomes the model's name
     * @param adapterDirectory folder of the adapter in PEFT's format: adapter_config.json and adapter_model.safetensors
     * @param progress asked before each few rows, and before each matrix to merge, whether to stop
     * @throws EngineException if a file is missing or damaged, or the adapter does not fit the model
     */
    public static LanguageModel read(Path directory, Path adapterDirectory, Progress progress)
            throws CanceledJobException {
        LanguageModel model = readWeights(directory, readConfig(directory), progress);
        try {
            model.adapter = LoraAdapter.read(model.config, adapterDirectory, progress);
            model.adapter.merge(model.tensors, model.tensors, progress);
            return model;
        } catch (CanceledJobException | EngineException e) {
            model.close();
            throw e;
        }
    }

    private static JsonObject readConfig(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new EngineException(directory + " is not a folder. Choose the folder that holds the model's files.");
        }
        Path configFile = directory.resolve(CONFIG_FILE);
        if (!Files.exists(configFile) && Files.exists(directory.resolve(PeftConfig.CONFIG_FILE))) {
            throw new EngineException(
                    directory + " holds a LoRA adapter and no model. Choose the folder of the model that"
                            + " it was trained on, and give this one as the adapter.");
        }
        return JsonFiles.readObject(configFile);
    }

    private static LanguageModel readWeights(Path directory, JsonObject json, Progress progress)
            throws CanceledJobException {
        DecoderConfig config = DecoderConfig.fromJson(json, directory.resolve(CONFIG_FILE));
        TextTokenizer tokenizer = TextTokenizer.read(directory, config.vocabSize());
        PromptFormat format = PromptFormat.read(directory);
        TensorScope scope = new TensorScope();
        try (CheckpointReader reader = new CheckpointReader(directory)) {
            List<Parameter> parameters = WeightLayout.of(config);
            reader.requireNothingElse(parameters);
            List<NDArray> tensors = reader.read(parameters, scope, progress);
            String name = directory.toAbsolutePath().normalize().getFileName().toString();
            LanguageModel model = new LanguageModel(name, config, tokenizer, format, scope, tensors);
            model.history = ModelHistory.read(directory);
            return model;
        } catch (CanceledJobException | EngineException e) {
            scope.close();
            throw e;
        }
    }

    /**
     * Creates a model with random weights.
     *
     * @param config its shape; {@code vocabSize} at least the tokenizer's
     * @param tokenizerDirectory folder of the tokenizer, and of the realm_prompt.json if it has one
     * @param seed of the random weights
     */
    public static LanguageModel create(DecoderConfig config, Path tokenizerDirectory, long seed) {
        TextTokenizer tokenizer = TextTokenizer.read(tokenizerDirectory, config.vocabSize());
        PromptFormat format = PromptFormat.read(tokenizerDirectory);
        TensorScope scope = new TensorScope();
        List<NDArray> tensors = new RandomWeights(config, seed).create(WeightLayout.of(config), scope);
        return new LanguageModel("new " + config.modelType(), config, tokenizer, format, scope, tensors);
    }

    /** Writes the model with float32 weights; see {@link #write(Path, WeightType, Progress)}. */
    public void write(Path directory) {
        Progress.unwatched(progress -> {
            write(directory, WeightType.FLOAT32, progress);
            return directory;
        });
    }

    /**
     * Writes a Hugging Face directory: config.json, model.safetensors, the tokenizer's files, generation_config.json,
     * realm_prompt.json and, if anything is known, realm_history.json. A model with an adapter is written merged, with
     * the adapter in PEFT's format in a folder of its own beside, named by config.json.
     *
     * @param directory the folder, made if it is not there; files of these names are replaced
     * @param type number format of the weights on disk; the 16-bit ones round
     * @param progress asked before each few rows of weights whether to stop
     * @throws EngineException if it cannot be written
     */
    public void write(Path directory, WeightType type, Progress progress) throws CanceledJobException {
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, byte[]> file : tokenizer.files().entrySet()) {
                WholeFile.write(directory.resolve(file.getKey()), file.getValue());
            }
            if (!tokenizer.files().containsKey(GENERATION_FILE)) {
                WholeFile.write(directory.resolve(GENERATION_FILE), JsonFiles.format(generationConfig()));
            }
            Map.Entry<String, byte[]> format = promptFormat.toFile();
            WholeFile.write(directory.resolve(format.getKey()), format.getValue());
            history.write(directory);
            WholeFile.write(directory.resolve(CONFIG_FILE), JsonFiles.format(configJson(type)));
            new CheckpointWriter(type).write(directory.resolve(WEIGHTS_FILE), parameters, tensors, progress);
            if (adapter != null) {
                adapter.write(directory.resolve(ADAPTER_FOLDER), progress);
            }
        } catch (IOException e) {
            throw new EngineException(
                    "The model could not be written to " + directory + ": " + IoReason.of(e) + ".", e);
        }
    }

    /**
     * Writes the adapter alone in PEFT's format: adapter_config.json and adapter_model.safetensors.
     *
     * @param directory the folder, made if it is not there; files of these names are replaced
     * @throws EngineException if the model has no adapter, or it cannot be written
     */
    public void writeAdapter(Path directory) {
        Progress.unwatched(progress -> {
            writeAdapter(directory, progress);
            return directory;
        });
    }

    /** The same, asking before each few rows whether to stop. */
    public void writeAdapter(Path directory, Progress progress) throws CanceledJobException {
        if (adapter == null) {
            throw new EngineException(
                    "The model " + name + " has no LoRA adapter: it was not trained with LoRA, or all its"
                            + " weights were trained afterwards. Write the merged model.");
        }
        try {
            adapter.write(directory, progress);
        } catch (IOException e) {
            throw new EngineException(
                    "The adapter could not be written to " + directory + ": " + IoReason.of(e) + ".", e);
        }
    }

    /** A model with its own copy of the weights and the adapter, and the same tokenizer. */
    public LanguageModel copy() {
        TensorScope newScope = new TensorScope();
        List<NDArray> copies = tensors.stream().map(newScope::copy).toList();
        LanguageModel copy = new LanguageModel(name, config, tokenizer, promptFormat, newScope, copies);
        copy.adapter = adapter == null ? null : adapter.copy();
        copy.history = history;
        return copy;
    }

    /**
     * A copy of this model with a LoRA adapter merged into its weights as they are.
     *
     * @param adapterDirectory folder of the adapter in PEFT's format
     * @throws EngineException if a file is missing or damaged, or the adapter does not fit the model
     */
    public LanguageModel copy(Path adapterDirectory) {
        LanguageModel copy = copy();
        try {
            copy.forgetAdapter();
            return Progress.unwatched(progress -> {
                copy.adapter = LoraAdapter.read(config, adapterDirectory, progress);
                copy.adapter.merge(copy.tensors, copy.tensors, progress);
                return copy;
            });
        } catch (EngineException e) {
            copy.close();
            throw e;
        }
    }

    /**
     * The same model under another name or format; it takes over the weights, so this one must not be used any more.
     */
    public LanguageModel as(String newName, PromptFormat newFormat) {
        LanguageModel renamed = new LanguageModel(newName, config, tokenizer, newFormat, scope, tensors);
        renamed.adapter = adapter;
        renamed.history = history;
        return renamed;
    }

    /** The adapter that is merged into the weights, if there is one. It belongs to this model. */
    public Optional<LoraAdapter> adapter() {
        return Optional.ofNullable(adapter);
    }

    /**
     * Gives the model a new adapter, which changes nothing until it is trained; the present weights become those it
     * belongs to. One that was there stays merged and is forgotten.
     *
     * @param settings rank, strength, dropout and targets
     * @param seed of the random start values
     * @return the new adapter
     */
    public LoraAdapter startAdapter(LoraSettings settings, long seed) {
        forgetAdapter();
        adapter = LoraAdapter.create(config, settings, history.presentWeights(), seed);
        return adapter;
    }

    /** Keeps the weights as they are and forgets the adapter that is merged into them. */
    public void forgetAdapter() {
        if (adapter != null) {
            adapter.close();
            adapter = null;
        }
    }

    /**
     * Overwrites the weights, in place, with those of a model of the same configuration, and takes over a copy of its
     * adapter.
     *
     * @throws IllegalArgumentException if the configurations differ
     */
    public void assign(LanguageModel other) {
        if (!config.equals(other.config)) {
            throw new IllegalArgumentException("Models of different configuration: " + config + ", " + other.config);
        }
        Torch.run(() -> {
            for (int i = 0; i < tensors.size(); i++) {
                tensors.get(i).set(new NDIndex(":"), other.tensors.get(i));
            }
            return null;
        });
        forgetAdapter();
        adapter = other.adapter == null ? null : other.adapter.copy();
    }

    /** What to call the model in tables and messages. */
    public String name() {
        return name;
    }

    /** Where the model comes from and how it was trained. */
    public ModelHistory history() {
        return history;
    }

    /** Replaces what is known of where the model comes from. */
    public void setHistory(ModelHistory known) {
        history = known;
    }

    /** The decoder's shape. */
    public DecoderConfig config() {
        return config;
    }

    /** The tokenizer. */
    public TextTokenizer tokenizer() {
        return tokenizer;
    }

    /** How questions become prompts. */
    public PromptFormat promptFormat() {
        return promptFormat;
    }

    /**
     * The whole prompt of a question: the prompt format, then the chat template.
     *
     * @param question the question
     * @param rules texts of the rules to show, may be empty
     * @param routes texts of the routes to show, may be empty
     * @return the text to generate from
     */
    public String prompt(String question, List<String> rules, List<String> routes) {
        return tokenizer.chatPrompt(promptFormat.render(question, rules, routes));
    }

    /** Name, shape and role of every tensor, in the order of {@link #tensors()}. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The weights, the list {@code p} of the programs. They belong to this model; trainers change them in place. */
    public List<NDArray> tensors() {
        return tensors;
    }

    @Override
    public void close() {
        forgetAdapter();
        scope.close();
    }

    private JsonObject configJson(WeightType type) {
        JsonObject json = config.toJson();
        json.addProperty("torch_dtype", type.torchName());
        json.add("eos_token_id", stopIds());
        if (adapter != null) {
            json.addProperty(MERGED_ADAPTER, ADAPTER_FOLDER);
        }
        return json;
    }

    private JsonObject generationConfig() {
        JsonObject json = new JsonObject();
        json.add("eos_token_id", stopIds());
        json.addProperty("pad_token_id", tokenizer.padId());
        return json;
    }

    private JsonElement stopIds() {
        JsonArray ids = new JsonArray();
        for (int id : tokenizer.stopIds()) {
            ids.add(id);
        }
        return ids.size() == 1 ? ids.get(0) : ids;
    }
}
