package org.realm4knime.nodes.dataset;

import java.util.List;
import org.knime.core.node.InvalidSettingsException;
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
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.realm4knime.engine.problem.DatasetFormat.Layout;
import org.realm4knime.engine.problem.TrainingText;
import org.realm4knime.engine.problem.builtin.BuiltInDomain;
import org.realm4knime.engine.problem.domain.Expert.Fault;
import org.realm4knime.engine.problem.domain.Split;
import org.realm4knime.engine.problem.refund.Corpus;
import org.realm4knime.engine.problem.refund.RefundDesk;

/** Settings of the Reasoning Dataset Reader. */
final class ReasoningDatasetReaderNodeParameters implements NodeParameters {

    enum Source {
        @Label(value = "File", description = "Read a file.")
        FILE,
        @Label(
                value = "Built-in",
                description =
                        "Make tasks of a built-in domain, to try out workflows and compare methods without data of"
                                + " your own.")
        BUILT_IN
    }

    enum Content {
        @Label(value = "Problems", description = "Questions with their reference answers.")
        PROBLEMS,
        @Label(value = "Rules", description = "The written rules of a domain.")
        RULES,
        @Label(
                value = "Routes",
                description =
                        "Recorded chains of thought, for example of a large model. A route's answer is found in its"
                                + " text; a field answer is the problem's, unless it is called route answer.")
        ROUTES,
        @Label(value = "Examples", description = "Training examples: a prompt and the completion to learn.")
        EXAMPLES
    }

    enum Format {
        @Label(value = "Guess", description = "Decide by the file's first sign, its name and each record's fields.")
        GUESS(Layout.GUESS),
        @Label(
                value = "JSON Lines",
                description = "JSON with fields such as question and answer: an object a line, a list of objects, or an"
                        + " object with one list.")
        JSONL(Layout.JSONL),
        @Label(value = "CSV", description = "A table with a header, separated by comma, semicolon, tab or bar.")
        CSV(Layout.CSV),
        @Label(
                value = "GSM8K",
                description =
                        "The answer is a worked solution, then ####, then the final answer; a record without the mark"
                                + " is refused.")
        GSM8K(Layout.GSM8K),
        @Label(
                value = "Multiple choice",
                description =
                        "Questions with choices, in the layouts of ARC, MMLU, CommonsenseQA and similar benchmarks; a"
                                + " record without choices is refused.")
        MULTIPLE_CHOICE(Layout.MULTIPLE_CHOICE);

        final Layout engine;

        Format(Layout engine) {
            this.engine = engine;
        }
    }

    enum BuiltIn {
        @Label(value = "Quickstart", description = "The refund desk of the quickstart, where one rule settles a case.")
        QUICKSTART,
        @Label(
                value = "Refund desk",
                description = "A harder refund desk: most cases take two rules, and no expert knows them all.")
        REFUND_DESK(BuiltInDomain.REFUND_DESK),
        @Label(
                value = "Chain arithmetic",
                description = "Sums in several steps, in words that stand for numbers, not all of them written down.")
        CHAIN(BuiltInDomain.CHAIN),
        @Label(value = "Refund desk and chain arithmetic", description = "Both, half of the rows each.")
        BOTH(BuiltInDomain.REFUND_DESK, BuiltInDomain.CHAIN);

        final List<BuiltInDomain> engine;

        BuiltIn(BuiltInDomain... engine) {
            this.engine = List.of(engine);
        }
    }

    enum Cases {
        @Label(value = "Train", description = "Cases for training.")
        TRAIN(RefundDesk.Split.TRAIN, Split.TRAIN),
        @Label(
                value = "Validation",
                description = "Cases of the same kind to choose settings by; not of the quickstart's domain.")
        VALIDATION(null, Split.VALIDATION),
        @Label(value = "Test", description = "Cases of the same kind that are not among the training cases.")
        TEST(RefundDesk.Split.TEST, Split.TEST),
        @Label(
                value = "Harder",
                description =
                        "Cases unlike those of training: products it does not have, two items in one return, longer"
                                + " chains.")
        HARDER(RefundDesk.Split.HARDER, Split.HARDER),
        @Label(
                value = "Harder, for validation",
                description = "Cases as harder ones, to choose settings by; not of the quickstart's domain.")
        HARDER_VALIDATION(null, Split.HARDER_VALIDATION);

        /** Null if the quickstart's domain lacks it. */
        final RefundDesk.Split quickstart;

        final Split engine;

        Cases(RefundDesk.Split quickstart, Split engine) {
            this.quickstart = quickstart;
            this.engine = engine;
        }
    }

    enum Texts {
        @Label(value = "Base model", description = "Texts that a base model is first trained on.")
        BASE(Corpus.BASE, BuiltInDomain::baseCorpus),
        @Label(
                value = "Base model, to replay",
                description =
                        """
                        The base model's texts whose prompts show rules or routes. Replayed in training, they keep \
                        what the model can do with such prompts, without repeating its guesses. The quickstart's \
                        domain has none.""")
        REPLAY(null, BuiltInDomain::replayCorpus),
        @Label(value = "Hasty model", description = "Texts of an expert that overlooks a part of the task.")
        HASTY(Corpus.HASTY, Maker.of(Fault.HASTY)),
        @Label(
                value = "Strict model",
                description = "Texts of an adviser that ignores membership; of the quickstart's domain only.")
        STRICT(Corpus.STRICT, null),
        @Label(value = "Careless model", description = "Texts of an expert that calculates wrong.")
        CARELESS(Corpus.CARELESS, Maker.of(Fault.CARELESS)),
        @Label(
                value = "Guessing model",
                description = "Texts of an expert that goes by what meets the eye; not of the quickstart's domain.")
        GUESSING(null, Maker.of(Fault.GUESSING));

        /** Null if the quickstart's domain lacks it. */
        final Corpus quickstart;

        /** Null if the other domains lack it. */
        final Maker engine;

        Texts(Corpus quickstart, Maker engine) {
            this.quickstart = quickstart;
            this.engine = engine;
        }

        /** Makes texts of domains, a number of them, by a seed. */
        interface Maker {
            List<TrainingText> texts(List<BuiltInDomain> domains, int count, long seed);

            private static Maker of(Fault fault) {
                return (domains, count, seed) -> BuiltInDomain.expertCorpus(domains, fault, count, seed);
            }
        }
    }

    interface SourceReference extends ParameterReference<Source> {}

    interface BuiltInReference extends ParameterReference<BuiltIn> {}

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

    static final class IsBuiltInSplit implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class)
                    .isOneOf(Source.BUILT_IN)
                    .and(i.getEnum(ContentReference.class).isOneOf(Content.PROBLEMS, Content.ROUTES));
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

    @Widget(title = "Content", description = "What the data is. It decides which columns the table has.")
    @ValueReference(ContentReference.class)
    Content content = Content.PROBLEMS;

    @Widget(
            title = "File",
            description = "The file: an absolute path, a path relative to the workflow's folder such as"
                    + " data/train.jsonl, or a URL such as knime://knime.workflow/data/train.jsonl. Problems need at"
                    + " least a question and an answer, rules a text, routes a problem id and a text, examples a prompt"
                    + " and a completion. Errors name the line; a warning names what was not read.")
    @TextInputWidget(placeholder = "data/train.jsonl")
    @Effect(predicate = IsFile.class, type = EffectType.SHOW)
    String path = "";

    @Widget(title = "Format", description = "How the file holds problems.")
    @Effect(predicate = IsFileOfProblems.class, type = EffectType.SHOW)
    Format format = Format.GUESS;

    @Widget(title = "Domain", description = "The built-in domain to read.")
    @Effect(predicate = IsBuiltIn.class, type = EffectType.SHOW)
    @ValueReference(BuiltInReference.class)
    @Migrate(loadDefaultIfAbsent = true)
    BuiltIn builtIn = BuiltIn.QUICKSTART;

    @Widget(title = "Cases", description = "The part of the built-in cases to read. No case is in two of the parts.")
    @Effect(predicate = IsBuiltInSplit.class, type = EffectType.SHOW)
    Cases split = Cases.TRAIN;

    @Widget(title = "Texts", description = "Which model the built-in training examples are for.")
    @Effect(predicate = IsBuiltInExamples.class, type = EffectType.SHOW)
    Texts texts = Texts.BASE;

    @Widget(
            title = "Maximum number of rows",
            description = "Read no more rows than this; 0 reads all of a file. Of the built-in cases, 0 makes 200. Of"
                    + " built-in routes it is the number of problems: the same domain, cases, number and seed give the"
                    + " routes to the same problems, one of each expert.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int limit;

    @Widget(title = "Seed", description = "The same seed makes the same built-in cases.")
    @Effect(predicate = IsBuiltIn.class, type = EffectType.SHOW)
    long seed = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        if (source == Source.BUILT_IN) {
            new BuiltInData(this).validate();
        }
    }
}
