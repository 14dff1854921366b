package org.realm4knime.nodes.modelwriter;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.realm4knime.engine.model.gguf.GgufType;

/** Settings of the Language Model Writer. */
final class LanguageModelWriterNodeParameters implements NodeParameters {

    enum IfExists {
        @Label(value = "Fail", description = "Stop with an error if the folder already has files.")
        FAIL,
        @Label(
                value = "Overwrite",
                description = "Replace files of the same name. Other files in the folder are left alone.")
        OVERWRITE
    }

    enum Precision {
        @Label(value = "As it is", description = "The files as the model has them; 4 bytes per weight after training.")
        KEEP,
        @Label(
                value = "bfloat16",
                description = "2 bytes per weight: half the size, at a precision that seldom changes an answer.")
        BFLOAT16
    }

    enum Content {
        @Label(
                value = "Merged model",
                description =
                        "The whole model. One trained with LoRA has the adapter in its weights, and the adapter by"
                                + " itself in the subfolder adapter.")
        MODEL,
        @Label(
                value = "Adapter only (PEFT)",
                description = "The LoRA adapter that the model was last trained with, as PEFT, vLLM and others load it"
                        + " onto the model that was trained: adapter_config.json and adapter_model.safetensors.")
        ADAPTER
    }

    enum Format {
        @Label(
                value = "Hugging Face",
                description = "A folder that transformers, vLLM and the Language Model Reader read.")
        HUGGING_FACE,
        @Label(
                value = "GGUF",
                description = "One file that llama.cpp, Ollama, LM Studio and KNIME's GPT4All nodes run. An adapter"
                        + " is merged into it.")
        GGUF
    }

    enum GgufWeights {
        @Label(value = "F16", description = "2 bytes per weight. The closest to the model.")
        F16(GgufType.F16),
        @Label(value = "BF16", description = "2 bytes per weight, for a model with weights that are too large for F16.")
        BF16(GgufType.BF16),
        @Label(
                value = "Q8_0",
                description = "About 1 byte per weight: half the size of F16. Answers can differ from the model's, so"
                        + " measure before you rely on it.")
        Q8_0(GgufType.Q8_0);

        private final GgufType type;

        GgufWeights(GgufType type) {
            this.type = type;
        }

        GgufType type() {
            return type;
        }
    }

    interface ContentReference extends ParameterReference<Content> {}

    interface FormatReference extends ParameterReference<Format> {}

    static final class IsFolder implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(FormatReference.class).isOneOf(Format.HUGGING_FACE);
        }
    }

    static final class IsGguf implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(FormatReference.class).isOneOf(Format.GGUF);
        }
    }

    static final class IsModel implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(FormatReference.class)
                    .isOneOf(Format.HUGGING_FACE)
                    .and(i.getEnum(ContentReference.class).isOneOf(Content.MODEL));
        }
    }

    @Widget(
            title = "Folder",
            description =
                    "The folder to write to, which is created: an absolute path, a path relative to the workflow's"
                            + " folder, or a URL such as knime://knime.workflow/data/model.")
    @TextInputWidget(placeholder = "model")
    String path = "model";

    @Widget(title = "If the folder has files", description = "What to do if the folder is not empty.")
    @ValueSwitchWidget
    IfExists ifExists = IfExists.FAIL;

    @Widget(title = "Format", description = "Who is to run the model.")
    @ValueSwitchWidget
    @ValueReference(FormatReference.class)
    @Migrate(loadDefaultIfAbsent = true)
    Format format = Format.HUGGING_FACE;

    @Widget(
            title = "Weights in the GGUF file",
            description = "How many bytes a weight takes in the GGUF file. F16 is the usual choice.")
    @ValueSwitchWidget
    @Effect(predicate = IsGguf.class, type = EffectType.SHOW)
    @Migrate(loadDefaultIfAbsent = true)
    GgufWeights ggufWeights = GgufWeights.F16;

    @Widget(title = "What to write", description = "The whole model, or what LoRA has added to it.")
    @ValueSwitchWidget
    @ValueReference(ContentReference.class)
    @Effect(predicate = IsFolder.class, type = EffectType.SHOW)
    @Migrate(loadDefaultIfAbsent = true)
    Content content = Content.MODEL;

    @Widget(title = "Precision of the weights", description = "How many bytes a weight takes on disk.")
    @ValueSwitchWidget
    @Effect(predicate = IsModel.class, type = EffectType.SHOW)
    Precision precision = Precision.KEEP;
}
