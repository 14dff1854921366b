package org.realm4knime.nodes.dataset;

import java.nio.file.Path;
import java.util.List;
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
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.DatasetReader;
import org.realm4knime.engine.problem.Loaded;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.problem.RuleReader;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.route.RouteReader;
import org.realm4knime.engine.train.ExampleReader;
import org.realm4knime.engine.train.SupervisedExample;
import org.realm4knime.nodes.dataset.ReasoningDatasetReaderNodeParameters.Content;
import org.realm4knime.nodes.dataset.ReasoningDatasetReaderNodeParameters.Source;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.WorkflowPath;
import org.realm4knime.nodes.table.ExampleTable;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;
import org.realm4knime.nodes.table.RuleTable;
import org.realm4knime.nodes.table.TableSchema;

/** The Reasoning Dataset Reader: problems, rules, routes or training examples from a file or built in. */
public final class ReasoningDatasetReaderNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Reasoning Dataset Reader")
            .icon("reader.png")
            .shortDescription("Reads problems, rules, recorded routes or training examples for reasoning models.")
            .fullDescription(
                    """
                    <p>Reads what a small language model is to learn from and to be tested on: <b>problems</b>
                    (questions with reference answers), the <b>rules</b> of a domain, recorded <b>routes</b> (chains
                    of thought, for example of a large model), or <b>examples</b> (prompts with the completion to
                    learn).</p>
                    <p>JSON Lines, JSON and CSV files are understood, with the field names and layouts that public
                    data sets use: GSM8K, MATH, multiple choice, Alpaca, conversations and preferences, among others.
                    Fields that belong together, such as a passage and its question, are joined. A warning names what
                    was not read, and rows without an answer. For Parquet, Excel and databases use KNIME's own
                    readers: the nodes that use problems let you choose the columns of any table.</p>
                    <p>With the built-in domains you can try everything, and compare methods, without data of your
                    own. There are cases of a shop's refund desk, easy and hard, and chains of arithmetic. Each has
                    written rules and harder cases. The hard refund desk and the chains also have the routes of
                    experts with systematic faults.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .ports(p -> p.addOutputTable(
                    "Data",
                    "Problems (id, question, answer, rationale, domain), rules (id, text, applies to), routes (problem"
                            + " id, source, route, text, answer, tokens, mean log-probability, error) or examples"
                            + " (prompt, completion, weight)."))
            .model(m -> m.parametersClass(ReasoningDatasetReaderNodeParameters.class)
                    .configure(ReasoningDatasetReaderNodeFactory::configure)
                    .execute(ReasoningDatasetReaderNodeFactory::execute))
            .nodeType(NodeType.Source)
            .keywords("dataset", "benchmark", "GSM8K", "JSONL", "language model", "reasoning", "ReaLM");

    /** For KNIME. */
    public ReasoningDatasetReaderNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        ReasoningDatasetReaderNodeParameters parameters = in.getParameters();
        if (parameters.source == Source.FILE) {
            file(parameters);
        }
        out.setOutSpec(0, schema(parameters.content).spec());
    }

    private static TableSchema<?> schema(Content content) {
        return switch (content) {
            case PROBLEMS -> ProblemTable.SCHEMA;
            case RULES -> RuleTable.SCHEMA;
            case ROUTES -> RouteTable.SCHEMA;
            case EXAMPLES -> ExampleTable.SCHEMA;
        };
    }

    private static Path file(ReasoningDatasetReaderNodeParameters parameters) throws InvalidSettingsException {
        return new WorkflowPath(parameters.path, "File").toExisting();
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        ReasoningDatasetReaderNodeParameters parameters = in.getParameters();
        ExecutionContext exec = in.getExecutionContext();
        EngineJob.run(exec, progress -> {
            switch (parameters.content) {
                case PROBLEMS -> write(ProblemTable.SCHEMA, problems(parameters), parameters, exec, out);
                case RULES -> write(RuleTable.SCHEMA, rules(parameters), parameters, exec, out);
                case ROUTES -> write(RouteTable.SCHEMA, routes(parameters), parameters, exec, out);
                case EXAMPLES -> write(ExampleTable.SCHEMA, examples(parameters), parameters, exec, out);
            }
        });
    }

    private static <T> void write(
            TableSchema<T> schema,
            Loaded<T> loaded,
            ReasoningDatasetReaderNodeParameters parameters,
            ExecutionContext exec,
            ExecuteOutput out)
            throws CanceledExecutionException {
        List<T> rows = loaded.rows();
        boolean cut = parameters.source == Source.FILE && parameters.limit > 0 && rows.size() > parameters.limit;
        out.setOutData(0, schema.write(cut ? rows.subList(0, parameters.limit) : rows, exec));
        if (!loaded.warnings().isEmpty()) {
            out.setWarningMessage(String.join("\n", loaded.warnings()));
        }
    }

    private static Loaded<Problem> problems(ReasoningDatasetReaderNodeParameters parameters)
            throws InvalidSettingsException {
        return parameters.source == Source.FILE
                ? DatasetReader.read(file(parameters), DatasetFormat.of(parameters.format.engine))
                : new Loaded<>(new BuiltInData(parameters).problems(), List.of());
    }

    private static Loaded<Rule> rules(ReasoningDatasetReaderNodeParameters parameters) throws InvalidSettingsException {
        return parameters.source == Source.FILE
                ? RuleReader.read(file(parameters))
                : new Loaded<>(new BuiltInData(parameters).rules(), List.of());
    }

    private static Loaded<Route> routes(ReasoningDatasetReaderNodeParameters parameters)
            throws InvalidSettingsException {
        return parameters.source == Source.FILE
                ? RouteReader.read(file(parameters))
                : new Loaded<>(new BuiltInData(parameters).routes(), List.of());
    }

    private static Loaded<SupervisedExample> examples(ReasoningDatasetReaderNodeParameters parameters)
            throws InvalidSettingsException {
        return parameters.source == Source.FILE
                ? ExampleReader.read(file(parameters))
                : new Loaded<>(new BuiltInData(parameters).examples(), List.of());
    }
}
