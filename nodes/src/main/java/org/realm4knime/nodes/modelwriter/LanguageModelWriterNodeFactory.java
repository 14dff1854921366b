package org.realm4knime.nodes.modelwriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.WeightType;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.WorkflowPath;
import org.realm4knime.nodes.modelwriter.LanguageModelWriterNodeParameters.Content;
import org.realm4knime.nodes.modelwriter.LanguageModelWriterNodeParameters.Format;
import org.realm4knime.nodes.modelwriter.LanguageModelWriterNodeParameters.IfExists;
import org.realm4knime.nodes.modelwriter.LanguageModelWriterNodeParameters.Precision;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.LanguageModelPortObjectSpec;

/** The Language Model Writer: a model as a Hugging Face directory, or as a GGUF file. */
public final class LanguageModelWriterNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Language Model Writer")
            .icon("model_writer.png")
            .shortDescription("Writes a language model to a folder, in the Hugging Face layout or as GGUF.")
            .fullDescription(
                    """
                    <p>Writes a language model as a folder in the Hugging Face layout: config.json, safetensors and
                    tokenizer.json. Software that reads such folders can serve it, for example transformers and vLLM.
                    realm_prompt.json beside them holds how its prompts are written.</p>
                    <p>Of a model that was trained with LoRA, the adapter can be written by itself, in the format of
                    PEFT.</p>
                    <p>Or it writes one GGUF file, which llama.cpp, Ollama, LM Studio and KNIME's own GPT4All nodes
                    run, with a Modelfile for Ollama beside it. Tokenizer, chat template and end tokens are inside.
                    Before the file is kept it is read again and compared with the model. A model whose tokenizer knows
                    whole words cannot be written as GGUF.</p>
                    <p>README.md beside the model is its model card: base model, licence, and what it was trained on,
                    as far as it is known.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .ports(p -> p.addInputPort("Model", "The language model to write.", LanguageModelPortObject.TYPE))
            .model(m -> m.parametersClass(LanguageModelWriterNodeParameters.class)
                    .configure(LanguageModelWriterNodeFactory::configure)
                    .execute(LanguageModelWriterNodeFactory::execute))
            .nodeType(NodeType.Sink)
            .keywords(
                    "LLM",
                    "SLM",
                    "Hugging Face",
                    "safetensors",
                    "checkpoint",
                    "LoRA",
                    "PEFT",
                    "GGUF",
                    "llama.cpp",
                    "Ollama",
                    "save",
                    "export",
                    "ReaLM");

    /** For KNIME. */
    public LanguageModelWriterNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        LanguageModelWriterNodeParameters parameters = in.getParameters();
        LanguageModelPortObjectSpec model = in.getInPortSpec(0);
        model.requireLocal("Model");
        WorkflowPath path = new WorkflowPath(parameters.path, "Folder");
        Path folder = path.toWritable();
        requireWritable(folder);
        if (parameters.ifExists == IfExists.FAIL && !path.isResumed() && hasFiles(folder)) {
            throw new InvalidSettingsException(notEmpty(folder));
        }
    }

    /** Better before hours of training than after them. */
    private static void requireWritable(Path folder) throws InvalidSettingsException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new InvalidSettingsException("The model cannot be written to '" + folder + "': '" + there
                    + "' is a file. Choose another folder (setting 'Folder').");
        }
        if (!Files.isWritable(there)) {
            throw new InvalidSettingsException("The model cannot be written to '" + folder + "': '" + there
                    + "' may not be written to. Choose another folder (setting 'Folder').");
        }
    }

    private static String notEmpty(Path folder) {
        return "The folder '" + folder
                + "' already has files. Choose another folder, or set 'If the folder has files' to" + " 'Overwrite'.";
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        LanguageModelWriterNodeParameters parameters = in.getParameters();
        LanguageModelPortObject model = in.getInPortObject(0);
        EngineJob.run(in.getExecutionContext(), progress -> {
            WorkflowPath path = new WorkflowPath(parameters.path, "Folder");
            Path folder = path.toWritable();
            if (parameters.ifExists == IfExists.FAIL && !path.isResumed() && hasFiles(folder)) {
                throw new EngineException(notEmpty(folder));
            }
            List<String> warnings = write(model, folder, parameters, progress);
            if (!warnings.isEmpty()) {
                out.setWarningMessage(String.join("\n", warnings));
            }
        });
    }

    private static List<String> write(
            LanguageModelPortObject model, Path folder, LanguageModelWriterNodeParameters parameters, Progress progress)
            throws CanceledJobException {
        boolean gguf = parameters.format == Format.GGUF;
        List<String> warnings = List.of();
        if (gguf) {
            warnings = model.writeGgufTo(folder, parameters.ggufWeights.type(), progress);
        } else if (parameters.content == Content.ADAPTER) {
            model.writeAdapterTo(folder, progress);
        } else if (parameters.precision == Precision.KEEP) {
            model.copyTo(folder, progress);
        } else {
            model.writeTo(folder, WeightType.BFLOAT16, progress);
        }
        String what = !gguf && parameters.content == Content.ADAPTER ? "adapter" : "model";
        progress.report(1, "Wrote the " + what + " to " + folder.toAbsolutePath());
        return warnings;
    }

    private static boolean hasFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Files.exists(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            throw new EngineException("The folder '" + folder + "' cannot be read: " + IoReason.of(e), e);
        }
    }
}
