package org.realm4knime.nodes.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.WholeFolder;
import org.realm4knime.engine.endpoint.EndpointModel;
import org.realm4knime.engine.generate.LocalGenerator;
import org.realm4knime.engine.generate.TextGenerator;
import org.realm4knime.engine.model.CardText;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.LoraAdapter;
import org.realm4knime.engine.model.ModelCard;
import org.realm4knime.engine.model.ModelHistory;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.model.WeightType;
import org.realm4knime.engine.model.gguf.GgufExport;
import org.realm4knime.engine.model.gguf.GgufType;
import org.realm4knime.engine.update.UsualRates;
import org.realm4knime.nodes.preferences.EnginePreferences;

/**
 * A language model at a port. The Hugging Face directory of one that is in the workflow lies in a file store, so the
 * workflow carries it; of one behind a server there is only the description. It is opened only while a node works with
 * it.
 */
public final class LanguageModelPortObject extends FileStorePortObject {

    /** The Language Model port type. */
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(LanguageModelPortObject.class);

    private static final NodeLogger LOGGER = NodeLogger.getLogger(LanguageModelPortObject.class);
    private static final String FILE_STORE = "language-model";
    /** Every model has this file. */
    private static final String CONFIG = "config.json";

    private final LanguageModelPortObjectSpec spec;

    private LanguageModelPortObject(LanguageModelPortObjectSpec spec, FileStore fileStore) {
        super(List.of(fileStore));
        this.spec = spec;
    }

    private LanguageModelPortObject(LanguageModelPortObjectSpec spec) {
        this.spec = spec;
    }

    /**
     * Keeps an open model, for example one that was just made.
     *
     * @param name name in tables and charts
     * @param model the model; stays open and is closed by the caller
     * @param exec makes the file store
     * @param progress asked now and then whether to stop
     */
    public static LanguageModelPortObject write(
            String name, LanguageModel model, ExecutionContext exec, Progress progress) throws CanceledJobException {
        return write(LocalModel.of(name, model.config()), model, exec, progress);
    }

    /**
     * Keeps an open model that was trained from this one.
     *
     * @param name name in tables and charts
     * @param trained the model; stays open and is closed by the caller
     * @param training what trained it, which is added to the model's history
     * @param exec makes the file store
     * @param progress asked now and then whether to stop
     */
    public LanguageModelPortObject writeTrained(
            String name,
            LanguageModel trained,
            ModelHistory.Training training,
            ExecutionContext exec,
            Progress progress)
            throws CanceledJobException {
        if (spec.description() instanceof LocalModel local) {
            trained.setHistory(trained.history().with(training));
            return write(local.trainedAs(name, trained.config()), trained, exec, progress);
        }
        throw new IllegalStateException("Only a local model can be trained.");
    }

    /**
     * A model behind a server, of which nothing but its description is kept.
     *
     * @param description its servers, and where their key comes from
     */
    public static LanguageModelPortObject of(EndpointDescription description) {
        return new LanguageModelPortObject(new LanguageModelPortObjectSpec(description));
    }

    private static LanguageModelPortObject write(
            LocalModel description, LanguageModel model, ExecutionContext exec, Progress progress)
            throws CanceledJobException {
        FileStore fileStore = fileStore(exec);
        Path directory = fileStore.getFile().toPath();
        model.write(directory, WeightType.FLOAT32, progress);
        return new LanguageModelPortObject(
                new LanguageModelPortObjectSpec(description.with(ModelFiles.in(directory), progress)), fileStore);
    }

    /**
     * Keeps a copy of a model's directory. The weights stay in the precision they have on disk.
     *
     * @param name name in tables and charts
     * @param source a Hugging Face directory
     * @param exec makes the file store
     * @param progress told of the files copied
     * @throws EngineException if the directory holds no model that can be used
     */
    public static LanguageModelPortObject copy(String name, Path source, ExecutionContext exec, Progress progress)
            throws CanceledJobException {
        LocalModel description;
        try (LanguageModel model = LanguageModel.read(source, progress)) {
            description = LocalModel.of(name, model.config());
        }
        FileStore fileStore = fileStore(exec);
        Path directory = fileStore.getFile().toPath();
        ModelFiles.in(source).copyTo(directory, progress);
        keepHistory(ModelHistory.of(source), directory);
        return new LanguageModelPortObject(
                new LanguageModelPortObjectSpec(description.with(ModelFiles.in(directory), progress)), fileStore);
    }

    private static void keepHistory(ModelHistory history, Path directory) {
        try {
            history.write(directory);
        } catch (IOException e) {
            throw new EngineException(
                    "The model's history cannot be written to '" + directory + "': " + IoReason.of(e), e);
        }
    }

    private static FileStore fileStore(ExecutionContext exec) {
        try {
            return exec.createFileStore(FILE_STORE);
        } catch (IOException e) {
            throw new EngineException("The workflow has no place to keep the model: " + IoReason.of(e), e);
        }
    }

    /**
     * Opens the model to ask it; the caller closes it. Of an endpoint, the key is looked up for the current node, and
     * what asking takes is logged.
     *
     * @param progress asked, while weights are read, whether to stop
     */
    public TextGenerator openToAsk(Progress progress) throws CanceledJobException {
        return spec.description() instanceof EndpointDescription endpoint
                ? new EndpointModel(
                        endpoint.settings(),
                        endpoint.keySource().key(),
                        endpoint.reuse() ? Optional.of(EnginePreferences.answers()) : Optional.empty(),
                        note -> LOGGER.info(spec.name() + ": " + note))
                : new LocalGenerator(open(progress));
    }

    /**
     * Opens a model of the workflow, to train or to write it; the caller closes it.
     *
     * @param progress asked, while weights are read, whether to stop
     * @throws EngineException if it is an endpoint
     */
    public LanguageModel open(Progress progress) throws CanceledJobException {
        LanguageModel model = LanguageModel.read(directory(), progress);
        return model.as(spec.name(), model.promptFormat());
    }

    /**
     * What is to be known of the model, read without opening it.
     *
     * @param origin the folder that it was read from, whose README.md names licence and base model; empty if none
     */
    public ModelCard card(Optional<Path> origin) {
        Path directory = directory();
        return ModelCard.read(directory, origin.orElse(directory));
    }

    /**
     * Learning rates that are usual for training this model.
     *
     * @param adapter whether a LoRA adapter is to be trained, and not the weights themselves
     */
    public UsualRates usualRates(boolean adapter) {
        boolean untrained = ModelHistory.read(directory()).equals(ModelHistory.NONE);
        long weights = spec.description() instanceof LocalModel local ? local.parameterCount() : 0;
        return UsualRates.of(weights, untrained, adapter);
    }

    /** Shape of a model of the workflow, read without opening it; empty for one behind a server. */
    public Optional<DecoderConfig> config() {
        return spec.description() instanceof LocalModel
                ? Optional.of(DecoderConfig.read(directory()))
                : Optional.empty();
    }

    /** How prompts for this model are written; read without opening the model. */
    public PromptFormat promptFormat() {
        if (spec.description() instanceof EndpointDescription) {
            return PromptFormat.general();
        }
        return PromptFormat.read(directory());
    }

    /**
     * Copies the model's files into a folder of the user's, where they replace the weights of another model, and adds a
     * model card.
     */
    public void copyTo(Path target, Progress progress) throws CanceledJobException {
        replace(target, ModelFiles::isWeights, folder -> {
            ModelFiles.in(directory()).copyTo(folder, progress);
            keepHistory(ModelHistory.read(directory()), folder);
            writeCard(folder, CardText.Form.FOLDER, "");
        });
    }

    /** As {@link #copyTo}, with the weights in another precision. */
    public void writeTo(Path target, WeightType precision, Progress progress) throws CanceledJobException {
        replace(target, ModelFiles::isWeights, folder -> {
            try (LanguageModel model = open(progress)) {
                model.write(folder, precision, progress);
            }
            writeCard(folder, CardText.Form.FOLDER, "");
        });
    }

    /** Until all is written, a folder of the user's keeps the model that it has. */
    private static void replace(Path target, Predicate<Path> stale, WholeFolder.Content<CanceledJobException> content)
            throws CanceledJobException {
        try {
            WholeFolder.write(target, stale, content);
        } catch (IOException e) {
            throw new EngineException(
                    "The model cannot be written to '" + target + "': " + IoReason.of(e)
                            + ". Check the free space on the disk, or choose another folder.",
                    e);
        }
    }

    /**
     * Writes the LoRA adapter alone, in PEFT's format, and a model card.
     *
     * @throws EngineException if the model has none
     */
    public void writeAdapterTo(Path target, Progress progress) throws CanceledJobException {
        replace(target, file -> false, folder -> {
            try (LanguageModel model = open(progress)) {
                model.writeAdapter(folder, progress);
                writeCard(
                        folder,
                        CardText.Form.ADAPTER,
                        model.adapter().map(LoraAdapter::baseModel).orElse(""));
            }
        });
    }

    /**
     * Writes the model as a GGUF file with a Modelfile and a model card.
     *
     * @return what the file cannot say, in plain words; empty if nothing
     * @throws EngineException if the format cannot express the model
     */
    public List<String> writeGgufTo(Path target, GgufType type, Progress progress) throws CanceledJobException {
        List<String> warnings = new ArrayList<>();
        replace(target, file -> false, folder -> {
            try (LanguageModel model = open(progress)) {
                GgufExport.Written written = GgufExport.write(model, folder, type, progress);
                writeCard(
                        folder, CardText.Form.GGUF, written.file().getFileName().toString());
                warnings.addAll(written.warnings());
            }
        });
        return warnings;
    }

    private void writeCard(Path target, CardText.Form form, String beside) {
        CardText.write(target, spec.name(), directory(), form, beside);
    }

    /** Hash of the model's files, the same for equal models; of an endpoint, what it is called and where it is. */
    public String digest() {
        return spec.description() instanceof LocalModel local ? local.digest() : getSummary();
    }

    /** Where the workflow keeps the model's files. */
    Path place() {
        return getFileStore(0).getFile().toPath();
    }

    private Path directory() {
        if (spec.description() instanceof EndpointDescription) {
            throw new EngineException("The model '" + spec.name() + "' is an endpoint, whose weights are on a server."
                    + " Connect a model of a Language Model Reader or of a trainer.");
        }
        Path directory = place();
        if (!Files.isRegularFile(directory.resolve(CONFIG))) {
            throw new EngineException("The files of the model '" + spec.name()
                    + "' are not in the workflow any more. That happens when loading or saving the workflow was"
                    + " cancelled. Reset the node that gives the model, and execute it again.");
        }
        return directory;
    }

    @Override
    public LanguageModelPortObjectSpec getSpec() {
        return spec;
    }

    @Override
    public String getSummary() {
        if (spec.description() instanceof LocalModel local) {
            return "%s: %s, %,d parameters, %,d tokens, %s"
                    .formatted(
                            local.name(),
                            local.architecture(),
                            local.parameterCount(),
                            local.vocabularySize(),
                            local.files());
        }
        return spec.description() instanceof EndpointDescription endpoint ? endpoint.summary() : spec.name();
    }

    @Override
    public JComponent[] getViews() {
        return spec.getViews();
    }

    /** Writes and reads the object; its content is the spec and the file store. Registered in plugin.xml. */
    public static final class Serializer extends PortObjectSerializer<LanguageModelPortObject> {

        @Override
        public void savePortObject(LanguageModelPortObject object, PortObjectZipOutputStream out, ExecutionMonitor exec)
                throws IOException {
            // an archive without entries cannot be read back
            out.putNextEntry(new ZipEntry(FILE_STORE));
            out.closeEntry();
        }

        @Override
        public LanguageModelPortObject loadPortObject(
                PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec) {
            return new LanguageModelPortObject((LanguageModelPortObjectSpec) spec);
        }
    }
}
