package org.realm4knime.nodes.dataset;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.realm4knime.engine.problem.DatasetFormat.Layout;
import org.realm4knime.engine.problem.refund.Corpus;
import org.realm4knime.engine.problem.refund.RefundDesk;

/** Settings of the Reasoning Dataset Reader. */
final class ReasoningDatasetReaderNodeParameters implements NodeParameters {

    enum Source {
        @Label(value = "File", description = "Read a file.")
        FILE,
        @Label(
                value = "Built-in",
                description = "Make cases of a shop's refund desk, to try out workflows without data of your own.")
        BUILT_IN
    }

    enum Content {
        @Label(value = "Problems", description = "Questions with their reference answers.")
        PROBLEMS,
        @Label(value = "Rules", description = "The written rules of a domain.")
        RULES,
        @Label(value = "Routes", description = "Recorded chains of thought, for example of a large model. Files only.")
        ROUTES,
        @Label(value = "Examples", description = "Training examples: a prompt and the completion to learn.")
        EXAMPLES
    }

    enum Format {
        @Label(value = "Guess", description = "Decide by the name of the file and its first record.")
        GUESS(Layout.GUESS),
        @Label(value = "JSON Lines", description = "One JSON object a line, with fields such as question and answer.")
        JSONL(Layout.JSONL),
        @Label(value = "CSV", description = "A table with a header, separated by comma, semicolon or tab.")
        CSV(Layout.CSV),
        @Label(
                value = "GSM8K",
                description = "JSON Lines whose answer is a worked solution, then ####, then the final answer.")
        GSM8K(Layout.GSM8K),
        @Label(
                value = "Multiple choice",
                description =
                        "Questions with choices, in the layouts of ARC, MMLU, CommonsenseQA and similar benchmarks.")
        MULTIPLE_CHOICE(Layout.MULTIPLE_CHOICE);

        final Layout engine;

        Format(Layout engine) {
            this.engine = engine;
        }
    }

    enum Split {
        @Label(value = "Train", description = "Cases for training.")
        TRAIN(RefundDesk.Split.TRAIN),
        @Label(value = "Test", description = "Cases of the same kind that are not among the training cases.")
        TEST(RefundDesk.Split.TEST),
        @Label(
                value = "Harder",
                description = "Cases unlike those of training: products it does not have, and two items in one return.")
        HARDER(RefundDesk.Split.HARDER);

        final RefundDesk.Split engine;

        Split(RefundDesk.Split engine) {
            this.engine = engine;
        }
    }

    enum Texts {
        @Label(value = "Base model", description = "Texts that a base model is brought up on.")
        BASE(Corpus.BASE),
        @Label(value = "Hasty model", description = "Texts of an adviser that overlooks the condition of an item.")
        HASTY(Corpus.HASTY),
        @Label(value = "Strict model", description = "Texts of an adviser that ignores membership.")
        STRICT(Corpus.STRICT),
        @Label(value = "Careless model", description = "Texts of an adviser that subtracts wrong.")
        CARELESS(Corpus.CARELESS);

        final Corpus engine;

        Texts(Corpus engine) {
            this.engine = engine;
        }
    }

    interface SourceReference extends ParameterReference<Source> {}

    interface ContentReference extends ParameterReference<Content> {}

    static final class IsFile implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class).isOneOf(Source.FILE);
        }
    }

    static final class IsFileOfProblems implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class)
                    .isOneOf(Source.FILE)
                    .and(i.getEnum(ContentReference.class).isOneOf(Content.PROBLEMS));
        }
    }

    static final class IsBuiltInProblems implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class)
                    .isOneOf(Source.BUILT_IN)
                    .and(i.getEnum(ContentReference.class).isOneOf(Content.PROBLEMS));
        }
    }

    static final class IsBuiltInExamples implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class)
                    .isOneOf(Source.BUILT_IN)
                    .and(i.getEnum(ContentReference.class).isOneOf(Content.EXAMPLES));
        }
    }

    static final class IsBuiltIn implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class).isOneOf(Source.BUILT_IN);
        }
    }

    @Widget(title = "Source", description = "Where the data comes from.")
    @ValueSwitchWidget
    @ValueReference(SourceReference.class)
    Source source = Source.FILE;

    @Widget(title = "Content", description = "What the data is, and so which columns the table has.")
    @ValueReference(ContentReference.class)
    Content content = Content.PROBLEMS;

    @Widget(
            title = "File",
            description = "The file: an absolute path, a path relative to the workflow's folder such as"
                    + " data/train.jsonl, or a URL such as knime://knime.workflow/data/train.jsonl. Problems need at"
                    + " least a question and an answer, rules a text, routes a problem id and a text, examples a prompt"
                    + " and a completion. Errors name the line.")
    @TextInputWidget(placeholder = "data/train.jsonl")
    @Effect(predicate = IsFile.class, type = EffectType.SHOW)
    String path = "";

    @Widget(title = "Format", description = "How the file holds problems.")
    @Effect(predicate = IsFileOfProblems.class, type = EffectType.SHOW)
    Format format = Format.GUESS;

    @Widget(title = "Cases", description = "Which of the built-in cases. No case is in two of the parts.")
    @Effect(predicate = IsBuiltInProblems.class, type = EffectType.SHOW)
    Split split = Split.TRAIN;

    @Widget(title = "Texts", description = "Which model the built-in training examples are for.")
    @Effect(predicate = IsBuiltInExamples.class, type = EffectType.SHOW)
    Texts texts = Texts.BASE;

    @Widget(
            title = "Maximum number of rows",
            description = "Read no more rows than this; 0 reads all of a file. Of the built-in cases, 0 makes 200.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int limit;

    @Widget(title = "Seed", description = "The same seed makes the same built-in cases.")
    @Effect(predicate = IsBuiltIn.class, type = EffectType.SHOW)
    long seed = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        if (source == Source.BUILT_IN && content == Content.PROBLEMS && limit > RefundDesk.MAX_PROBLEMS) {
            throw new InvalidSettingsException(
                    "There are at most %d built-in cases, but the maximum number of rows is %d."
                            .formatted(RefundDesk.MAX_PROBLEMS, limit));
        }
    }
}
