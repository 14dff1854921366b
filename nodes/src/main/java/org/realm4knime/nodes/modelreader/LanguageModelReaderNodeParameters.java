package org.realm4knime.nodes.modelreader;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.tokenizer.TokenizerTrainer;
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.parameters.EngineValidation;

/** Settings of the Language Model Reader. */
final class LanguageModelReaderNodeParameters implements NodeParameters {

    private static final double RMS_NORM_EPS = 1e-6;

    enum Source {
        @Label(value = "Hugging Face folder", description = "Read a trained model.")
        DIRECTORY,
        @Label(value = "New model", description = "Make an untrained model of a given size.")
        NEW
    }

    enum Tokenizer {
        @Label(value = "From a folder", description = "Take the tokenizer of another model.")
        FOLDER(null),
        @Label(
                value = "Byte pairs (BPE) of the texts",
                description =
                        "Learn the frequent parts of words. Every text can be read and written, also words that the"
                                + " texts lack. Usual.")
        BPE(TokenizerTrainer.Kind.BPE),
        @Label(
                value = "Words of the texts",
                description =
                        "A token for each of the most frequent words. Texts take the fewest tokens, but the model can"
                                + " neither read nor write any other word. For domains with few words.")
        WORDS(TokenizerTrainer.Kind.WORDS);

        private final TokenizerTrainer.Kind kind;

        Tokenizer(TokenizerTrainer.Kind kind) {
            this.kind = kind;
        }
    }

    enum Architecture {
        @Label(value = "Llama", description = "As in Llama, SmolLM2 and TinyLlama.")
        LLAMA(org.realm4knime.engine.model.Architecture.LLAMA),
        @Label(value = "Qwen2", description = "As in Qwen 2 and 2.5.")
        QWEN2(org.realm4knime.engine.model.Architecture.QWEN2),
        @Label(value = "Qwen3", description = "As in Qwen 3.")
        QWEN3(org.realm4knime.engine.model.Architecture.QWEN3);

        private final org.realm4knime.engine.model.Architecture family;

        Architecture(org.realm4knime.engine.model.Architecture family) {
            this.family = family;
        }
    }

    interface SourceReference extends ParameterReference<Source> {}

    static final class IsDirectory implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class).isOneOf(Source.DIRECTORY);
        }
    }

    static final class IsNew implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class).isOneOf(Source.NEW);
        }
    }

    interface TokenizerReference extends ParameterReference<Tokenizer> {}

    static final class TakesTokenizer implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class)
                    .isOneOf(Source.NEW)
                    .and(i.getEnum(TokenizerReference.class).isOneOf(Tokenizer.FOLDER));
        }
    }

    static final class MakesTokenizer implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class)
                    .isOneOf(Source.NEW)
                    .and(i.getEnum(TokenizerReference.class).isOneOf(Tokenizer.BPE, Tokenizer.WORDS));
        }
    }

    @Section(title = "Model")
    interface ModelSection {}

    @Section(title = "Size of the new model")
    @Effect(predicate = IsNew.class, type = EffectType.SHOW)
    @After(ModelSection.class)
    interface SizeSection {}

    @Layout(ModelSection.class)
    @Widget(title = "Name", description = "A short name for this model in tables and charts, for example base.")
    String name = "base";

    @Layout(ModelSection.class)
    @Widget(title = "Source", description = "Where the model comes from.")
    @ValueSwitchWidget
    @ValueReference(SourceReference.class)
    Source source = Source.DIRECTORY;

    @Layout(ModelSection.class)
    @Widget(
            title = "Model folder",
            description =
                    "A folder as it is downloaded from Hugging Face, with config.json, tokenizer.json and the weights"
                            + " as .safetensors: an absolute path, a path relative to the workflow's folder, or a URL"
                            + " such as knime://knime.workflow/data/model. Supported are Llama, Qwen 2 and 3,"
                            + " Gemma 3 of text alone, SmolLM3 and Phi 3 and 4-mini. The files are copied into the"
                            + " workflow.")
    @TextInputWidget(placeholder = "models/SmolLM2-135M-Instruct")
    @Effect(predicate = IsDirectory.class, type = EffectType.SHOW)
    String path = "";

    @Layout(ModelSection.class)
    @Widget(
            title = "Adapter (PEFT)",
            description =
                    """
                    Folder of a LoRA adapter for this model, as PEFT writes it, with adapter_config.json and \
                    adapter_model.safetensors. It is merged into the weights. A later training with LoRA of the same \
                    settings continues it. Leave it empty for none.""")
    @TextInputWidget(placeholder = "models/adapter")
    @Effect(predicate = IsDirectory.class, type = EffectType.SHOW)
    @Migrate(loadDefaultIfAbsent = true)
    String adapter = "";

    @Layout(ModelSection.class)
    @Widget(
            title = "Tokenizer",
            description =
                    """
                    What cuts texts into the tokens that the new model reads and writes. Make one from your texts if \
                    they have words of their own, such as names of products: add a Texts port to the node and \
                    connect your tables.""")
    @Effect(predicate = IsNew.class, type = EffectType.SHOW)
    @ValueReference(TokenizerReference.class)
    @Migrate(loadDefaultIfAbsent = true)
    Tokenizer tokenizerSource = Tokenizer.FOLDER;

    @Layout(ModelSection.class)
    @Widget(
            title = "Text columns",
            description =
                    """
                    Names of the columns that the tokenizer is made from, separated by commas. Leave it empty for \
                    all text columns except ids.""",
            advanced = true)
    @TextInputWidget(placeholder = "question, rationale")
    @Effect(predicate = MakesTokenizer.class, type = EffectType.SHOW)
    @Migrate(loadDefaultIfAbsent = true)
    String textColumns = "";

    @Layout(ModelSection.class)
    @Widget(
            title = "Vocabulary size",
            description =
                    """
                    The largest number of tokens that the tokenizer may have, 300 to 32000. With a larger vocabulary \
                    a text takes fewer tokens, but the model has more weights and needs more data to learn them. 512 \
                    to 2000 is usual for a tiny model.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = MakesTokenizer.class, type = EffectType.SHOW)
    @Migrate(loadDefaultIfAbsent = true)
    int vocabularySize = 512;

    @Layout(ModelSection.class)
    @Widget(
            title = "Every digit is a token",
            description =
                    """
                    Cut numbers into their digits, so that the model can calculate with numbers that it never saw. \
                    Switch it off if numbers are only names, such as article numbers.""",
            advanced = true)
    @Effect(predicate = MakesTokenizer.class, type = EffectType.SHOW)
    @Migrate(loadDefaultIfAbsent = true)
    boolean singleDigits = true;

    @Layout(ModelSection.class)
    @Widget(
            title = "Tokenizer folder",
            description = "A folder with the tokenizer.json that the new model is to use, and tokenizer_config.json if"
                    + " there is one. The folder of another model serves as well.")
    @TextInputWidget(placeholder = "models/tokenizer")
    @Effect(predicate = TakesTokenizer.class, type = EffectType.SHOW)
    String tokenizer = "";

    @Layout(SizeSection.class)
    @Widget(title = "Architecture", description = "The family of models that the new one belongs to.", advanced = true)
    Architecture architecture = Architecture.LLAMA;

    @Layout(SizeSection.class)
    @Widget(
            title = "Layers",
            description =
                    """
            Number of decoder layers. More layers make the model more capable, larger and slower. 4 to 8 is usual \
            for a tiny model.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int layers = 4;

    @Layout(SizeSection.class)
    @Widget(
            title = "Hidden size",
            description =
                    """
            Width of a layer, a multiple of the number of heads. Wider layers make the model more capable, larger \
            and slower. 128 to 512 is usual for a tiny model.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int hiddenSize = 128;

    @Layout(SizeSection.class)
    @Widget(
            title = "Attention heads",
            description =
                    """
                    Number of heads that look back at the text. Hidden size / heads must be an even number; 32 or 64 \
                    is usual.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int heads = 4;

    @Layout(SizeSection.class)
    @Widget(
            title = "Key and value heads",
            description =
                    """
                    Number of heads for keys and values. It must divide the number of attention heads. Fewer heads \
                    save memory when long texts are written.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int keyValueHeads = 4;

    @Layout(SizeSection.class)
    @Widget(
            title = "Feed-forward size",
            description = "Width of the feed-forward part of each layer. About three times the hidden size is usual.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int intermediateSize = 384;

    @Layout(SizeSection.class)
    @Widget(
            title = "Longest text",
            description =
                    """
            The largest number of tokens in prompt and completion together. 512 is usual for a tiny model.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int maxPositions = 512;

    @Layout(SizeSection.class)
    @Widget(
            title = "RoPE base",
            description =
                    """
                    Base of the rotary position embedding. 10000 is usual. Choose a larger one if the longest text \
                    has many thousands of tokens.""",
            advanced = true)
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double ropeBase = 10_000;

    @Layout(SizeSection.class)
    @Widget(
            title = "Share the embedding with the output",
            description = "Use the same weights to read and to write tokens, which halves the vocabulary's share of the"
                    + " weights. Usual for small models.",
            advanced = true)
    boolean tiedEmbeddings = true;

    @Layout(SizeSection.class)
    @Widget(title = "Seed", description = "The same seed makes the same random weights.", advanced = true)
    long seed = 1;

    /** Whether a tokenizer is to be made of texts. */
    boolean makesTokenizer() {
        return source == Source.NEW && tokenizerSource != Tokenizer.FOLDER;
    }

    /** Makes the tokenizer, where there is one to make. */
    TokenizerTrainer tokenizerTrainer() {
        return new TokenizerTrainer(tokenizerSource.kind, vocabularySize, singleDigits);
    }

    /** The shape of the new model. */
    DecoderConfig config(int vocabularySize) {
        return DecoderConfig.uniform(
                architecture.family,
                vocabularySize,
                hiddenSize,
                layers,
                heads,
                keyValueHeads,
                hiddenSize / heads,
                intermediateSize,
                maxPositions,
                ropeBase,
                RMS_NORM_EPS,
                tiedEmbeddings);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Bounds.atLeast("Vocabulary size", vocabularySize, 1);
        Bounds.atLeast("Layers", layers, 1);
        Bounds.atLeast("Hidden size", hiddenSize, 1);
        Bounds.atLeast("Attention heads", heads, 1);
        Bounds.atLeast("Key and value heads", keyValueHeads, 1);
        Bounds.atLeast("Feed-forward size", intermediateSize, 1);
        Bounds.atLeast("Longest text", maxPositions, 1);
        Bounds.above("RoPE base", ropeBase, 0);
        if (source == Source.DIRECTORY) {
            return;
        }
        if (makesTokenizer()) {
            EngineValidation.check(this::tokenizerTrainer);
        }
        if (hiddenSize % (2 * heads) != 0) {
            throw new InvalidSettingsException("Hidden size %d divided by %d attention heads must give an even number."
                    .formatted(hiddenSize, heads));
        }
        if (heads % keyValueHeads != 0) {
            throw new InvalidSettingsException(
                    "The number of attention heads, %d, must be a multiple of the number of key".formatted(heads)
                            + " and value heads, " + keyValueHeads + ".");
        }
    }
}
