package org.realm4knime.nodes.dataset;

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
import org.realm4knime.nodes.parameters.Bounds;
import org.realm4knime.nodes.samples.CasesChoice;
import org.realm4knime.nodes.samples.ContentChoice;
import org.realm4knime.nodes.samples.DomainChoice;
import org.realm4knime.nodes.samples.SampleRows;
import org.realm4knime.nodes.samples.TextsChoice;
import org.realm4knime.nodes.table.ExampleTable;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;
import org.realm4knime.nodes.table.RuleTable;
import org.realm4knime.nodes.table.TableSchema;

/** Settings of the Reasoning Dataset Reader. */
final class ReasoningDatasetReaderNodeParameters implements NodeParameters {

    enum Source {
        @Label(value = "File", description = "Read a file.")
        FILE,
        @Label(
                value = "Built-in domain",
                description = "Go on making the rows of a built-in domain, as an older workflow asks for.")
        BUILT_IN
    }

    enum Content {
        @Label(value = "Problems", description = "Questions with their reference answers.")
        PROBLEMS(ProblemTable.SCHEMA, ContentChoice.PROBLEMS),
        @Label(value = "Rules", description = "The written rules of a domain.")
        RULES(RuleTable.SCHEMA, ContentChoice.RULES),
        @Label(
                value = "Routes",
                description =
                        "Recorded chains of thought, for example of a large model. A route's answer is found in its"
                                + " text; a field answer is the problem's, unless it is called route answer.")
        ROUTES(RouteTable.SCHEMA, ContentChoice.ROUTES),
        @Label(value = "Examples", description = "Training examples: a prompt and the completion to learn.")
        EXAMPLES(ExampleTable.SCHEMA, ContentChoice.EXAMPLES);

        final TableSchema<?> schema;
        /** The same of a built-in domain. */
        final ContentChoice builtIn;

        Content(TableSchema<?> schema, ContentChoice builtIn) {
            this.schema = schema;
            this.builtIn = builtIn;
        }
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

    static final class IsBuiltIn implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(PredicateInitializer i) {
            return i.getEnum(SourceReference.class).isOneOf(Source.BUILT_IN);
        }
    }

    /** Hides itself once it is a file, as it is in every new node. */
    @Widget(
            title = "Source",
            description = "Older workflows made the rows of a built-in domain with this node, and still do. Choose File"
                    + " to read a file instead. For other rows of a built-in domain use the node Sample"
                    + " Reasoning Data.")
    @ValueSwitchWidget
    @ValueReference(SourceReference.class)
    @Effect(predicate = IsBuiltIn.class, type = EffectType.SHOW)
    @Migrate(loadDefaultIfAbsent = true)
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

    @Widget(title = "Maximum number of rows", description = "Read no more rows than this. 0 reads all of the file.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int limit;

    // What older workflows say of a built-in domain. Without widgets: Sample Reasoning Data has these settings now.

    @Migrate(loadDefaultIfAbsent = true)
    DomainChoice builtIn = DomainChoice.QUICKSTART;

    @Migrate(loadDefaultIfAbsent = true)
    CasesChoice split = CasesChoice.TRAIN;

    @Migrate(loadDefaultIfAbsent = true)
    TextsChoice texts = TextsChoice.BASE;

    @Migrate(loadDefaultIfAbsent = true)
    long seed = 1;

    /** The rows of a built-in domain that an older workflow asks for. */
    SampleRows builtInRows() {
        return new SampleRows(
                builtIn, content.builtIn, split, texts, limit > 0 ? limit : SampleRows.DEFAULT_NUMBER, seed);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Bounds.atLeast("Maximum number of rows", limit, 0);
        if (source == Source.BUILT_IN) {
            builtInRows().validate();
        }
    }
}
