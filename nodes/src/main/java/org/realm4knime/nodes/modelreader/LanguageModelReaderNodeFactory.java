package org.realm4knime.nodes.modelreader;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelHistory;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.model.tokenizer.TokenizerTrainer;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.TrainingOutput;
import org.realm4knime.nodes.job.WorkflowPath;
import org.realm4knime.nodes.modelreader.LanguageModelReaderNodeParameters.Source;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.LanguageModelPortObjectSpec;
import org.realm4knime.nodes.port.LocalModel;
import org.realm4knime.nodes.port.PortGroups;
import org.realm4knime.nodes.port.Ports;
import org.realm4knime.nodes.table.TextTables;
import org.realm4knime.nodes.view.ViewData;
import org.realm4knime.nodes.view.ViewPage;

/** The Language Model Reader: a Hugging Face directory, or a new model of a given size. */
public final class LanguageModelReaderNodeFactory extends DefaultNodeFactory {

    private static final String TEXTS = "Texts";
    private static final String MODEL = "Model";

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Language Model Reader")
            .icon("model_reader.png")
            .shortDescription("Reads a small language model from a Hugging Face folder, or makes a new one.")
            .fullDescription(
                    """
                    <p>Reads a language model from a folder in the Hugging Face layout: config.json, tokenizer.json and
                    weights as safetensors. Models of the Llama family (SmolLM2, TinyLlama, Llama 3), Qwen 2, 2.5 and 3,
                    Gemma 3 of text alone, SmolLM3, Phi-3-mini and Phi-4-mini are supported. The model is copied into
                    the workflow, so the workflow stays complete when it is shared. A LoRA adapter in the format of PEFT
                    can be merged into it.</p>
                    <p>It can also make an untrained model of a given size. Train that first with the Supervised
                    Trainer. A tokenizer cuts texts into the tokens that a model reads and writes. The new model's is
                    taken from a folder, or made from the texts of your tables. Make one if your domain has words of
                    its own: add a Texts port for each table with questions, solutions or rules, and choose the kind
                    of tokenizer in the dialog.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .dynamicPorts(p -> p.addInputPortGroup(
                            TEXTS,
                            Ports.optionalTables(
                                    TEXTS,
                                    """
                                    Texts of the domain, such as questions, solutions or rules. The tokenizer of a \
                                    new model is made from them. Add a port for each table."""))
                    .addOutputPortGroup(MODEL, Ports.model(MODEL, "The language model.")))
            .model(m -> m.parametersClass(LanguageModelReaderNodeParameters.class)
                    .configure(LanguageModelReaderNodeFactory::configure)
                    .execute(LanguageModelReaderNodeFactory::execute))
            .addView(v -> v.withoutParameters()
                    .description(
                            "The model's card: architecture, size, context, precision, prompts, licence and origin.")
                    .page(ViewPage.CARD::page)
                    .initialData(d -> d.data(input -> ViewData.of(input, "card"))))
            .nodeType(NodeType.Source)
            .keywords("LLM", "SLM", "Hugging Face", "safetensors", "checkpoint", "LoRA", "PEFT", "load", "ReaLM");

    /** For KNIME. */
    public LanguageModelReaderNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        LanguageModelReaderNodeParameters parameters = in.getParameters();
        int[] texts = PortGroups.ofCurrentNode().all(TEXTS).toArray();
        if (!parameters.makesTokenizer()) {
            folder(parameters);
        } else if (texts.length == 0) {
            throw new InvalidSettingsException(
                    "The tokenizer is to be made of texts, but the node has no Texts port. Add one, and"
                            + " connect a table with the texts of the domain; or set Tokenizer to 'From a folder'.");
        } else {
            TextTables.check(Arrays.stream(texts).mapToObj(in::getInTableSpec).toList(), parameters.textColumns);
        }
        adapter(parameters);
        out.setOutSpec(0, new LanguageModelPortObjectSpec(LocalModel.named(parameters.name)));
    }

    private static Path folder(LanguageModelReaderNodeParameters parameters) throws InvalidSettingsException {
        return parameters.source == Source.DIRECTORY
                ? new WorkflowPath(parameters.path, "Model folder").toExisting()
                : new WorkflowPath(parameters.tokenizer, "Tokenizer folder").toExisting();
    }

    /** Folder of the adapter to merge, if there is to be one. */
    private static Optional<Path> adapter(LanguageModelReaderNodeParameters parameters)
            throws InvalidSettingsException {
        return parameters.source == Source.NEW || parameters.adapter.isBlank()
                ? Optional.empty()
                : Optional.of(new WorkflowPath(parameters.adapter, "Adapter folder").toExisting());
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        LanguageModelReaderNodeParameters parameters = in.getParameters();
        ExecutionContext exec = in.getExecutionContext();
        int[] texts = PortGroups.ofCurrentNode().all(TEXTS).toArray();
        EngineJob.run(exec, progress -> {
            if (parameters.makesTokenizer()) {
                List<BufferedDataTable> tables =
                        Arrays.stream(texts).mapToObj(in::getInTable).toList();
                LanguageModelPortObject model = createOf(tables, parameters, exec, progress, out);
                give(model, "new, with a tokenizer of the connected texts", Optional.empty(), exec, out);
                return;
            }
            if (texts.length > 0) {
                out.setWarningMessage(
                        "The texts are not used. They are only for a new model with a tokenizer that is made of"
                                + " texts: see the settings Source and Tokenizer.");
            }
            Path folder = folder(parameters);
            Optional<Path> adapter = adapter(parameters);
            if (parameters.source == Source.NEW) {
                give(create(parameters, folder, exec, progress), "new, untrained", Optional.empty(), exec, out);
            } else if (adapter.isPresent()) {
                LanguageModelPortObject merged = merge(parameters.name, folder, adapter.get(), exec, progress);
                String source = folder.getFileName() + ", with the adapter "
                        + adapter.get().getFileName();
                give(merged, source, Optional.of(folder), exec, out);
            } else {
                LanguageModelPortObject copy = LanguageModelPortObject.copy(parameters.name, folder, exec, progress);
                give(copy, String.valueOf(folder.getFileName()), Optional.of(folder), exec, out);
            }
        });
    }

    /** Hands on the model, and its card to the view. */
    private static void give(
            LanguageModelPortObject model,
            String source,
            Optional<Path> origin,
            ExecutionContext exec,
            ExecuteOutput out)
            throws CanceledExecutionException {
        out.setOutData(0, model);
        out.setInternalData(CardView.of(model.getSpec().name(), source, model.card(origin), exec));
    }

    /** A new model with a tokenizer of the tables' texts. */
    private static LanguageModelPortObject createOf(
            List<BufferedDataTable> tables,
            LanguageModelReaderNodeParameters parameters,
            ExecutionContext exec,
            Progress progress,
            ExecuteOutput out)
            throws CanceledJobException, CanceledExecutionException, InvalidSettingsException {
        TokenizerTrainer trainer = parameters.tokenizerTrainer();
        TextTables.read(tables, parameters.textColumns, exec, trainer::add);
        try (TemporaryFolder folder = new TemporaryFolder()) {
            trainer.write(folder.path(), progress).ifPresent(out::setWarningMessage);
            return create(parameters, folder.path(), exec, progress);
        }
    }

    private static LanguageModelPortObject merge(
            String name, Path folder, Path adapter, ExecutionContext exec, Progress progress)
            throws CanceledJobException {
        try (LanguageModel model = LanguageModel.read(folder, adapter, progress)) {
            ModelHistory.Training merged = new ModelHistory.Training(
                    "LoRA adapter " + adapter.getFileName() + ", read together with the model",
                    name,
                    TrainingOutput.weights(model),
                    Map.of());
            model.setHistory(ModelHistory.of(folder).with(merged));
            return LanguageModelPortObject.write(name, model, exec, progress);
        }
    }

    private static LanguageModelPortObject create(
            LanguageModelReaderNodeParameters parameters,
            Path tokenizerFolder,
            ExecutionContext exec,
            Progress progress)
            throws CanceledJobException {
        int vocabularySize = TextTokenizer.read(tokenizerFolder).vocabSize();
        try (LanguageModel model =
                LanguageModel.create(parameters.config(vocabularySize), tokenizerFolder, parameters.seed)) {
            return LanguageModelPortObject.write(parameters.name, model, exec, progress);
        }
    }
}
