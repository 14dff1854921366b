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

    interface ContentReference extends ParameterReference<Content> {}

    static final class IsModel implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(ContentReference.class).isOneOf(Content.MODEL);
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

    @Widget(title = "What to write", description = "The whole model, or what LoRA has added to it.")
    @ValueSwitchWidget
    @ValueReference(ContentReference.class)
    @Migrate(loadDefaultIfAbsent = true)
    Content content = Content.MODEL;

    @Widget(title = "Precision of the weights", description = "How many bytes a weight takes on disk.")
    @ValueSwitchWidget
    @Effect(predicate = IsModel.class, type = EffectType.SHOW)
    Precision precision = Precision.KEEP;
}
