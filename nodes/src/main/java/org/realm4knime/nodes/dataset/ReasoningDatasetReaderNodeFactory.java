package org.realm4knime.nodes.dataset;

import java.nio.file.Path;
import java.util.List;
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
import org.realm4knime.engine.problem.DatasetFormat;
import org.realm4knime.engine.problem.DatasetReader;
import org.realm4knime.engine.problem.Loaded;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.RuleReader;
import org.realm4knime.engine.route.RouteReader;
import org.realm4knime.engine.supervised.ExampleReader;
import org.realm4knime.nodes.dataset.ReasoningDatasetReaderNodeParameters.Source;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.WorkflowPath;
import org.realm4knime.nodes.table.ExampleTable;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;
import org.realm4knime.nodes.table.RuleTable;
import org.realm4knime.nodes.table.TableSchema;
import org.realm4knime.nodes.view.ViewData;
import org.realm4knime.nodes.view.ViewPage;

/** The Reasoning Dataset Reader: problems, rules, routes or training examples from a file. */
public final class ReasoningDatasetReaderNodeFactory extends DefaultNodeFactory {

    private static final String MOVED =
            "Built-in domains are made by the node Sample Reasoning Data now. This node still makes the rows that"
                    + " it was set to. To make others, replace it by that node.";

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
                    <p>Without data of your own, start with the node Sample Reasoning Data.</p>
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
            .addView(v -> v.withoutParameters()
                    .description(
                            "What the data holds: kinds of answers, lengths, rows without an answer or that are the"
                                    + " same.")
                    .page(ViewPage.DATASET::page)
                    .initialData(d -> d.data(input -> ViewData.of(input, "rows"))))
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
        out.setOutSpec(0, parameters.content.schema.spec());
    }

    private static Path file(ReasoningDatasetReaderNodeParameters parameters) throws InvalidSettingsException {
        return new WorkflowPath(parameters.path, "File").toExisting();
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        ReasoningDatasetReaderNodeParameters parameters = in.getParameters();
        ExecutionContext exec = in.getExecutionContext();
        EngineJob.run(exec, progress -> {
            if (parameters.source == Source.BUILT_IN) {
                out.setOutData(0, parameters.builtInRows().table(exec));
                out.setWarningMessage(MOVED);
                return;
            }
            Path file = file(parameters);
            int limit = parameters.limit;
            switch (parameters.content) {
                case PROBLEMS -> {
                    DatasetFormat format = DatasetFormat.of(parameters.format.engine);
                    Loaded<Problem> problems = DatasetReader.read(file, format, progress);
                    write(ProblemTable.SCHEMA, DatasetView::ofProblems, problems, limit, exec, out);
                }
                case RULES ->
                    write(RuleTable.SCHEMA, DatasetView::ofRules, RuleReader.read(file, progress), limit, exec, out);
                case ROUTES ->
                    write(RouteTable.SCHEMA, DatasetView::ofRoutes, RouteReader.read(file, progress), limit, exec, out);
                case EXAMPLES ->
                    write(
                            ExampleTable.SCHEMA,
                            DatasetView::ofExamples,
                            ExampleReader.read(file, progress),
                            limit,
                            exec,
                            out);
            }
        });
    }

    /** Makes the table behind the view. */
    @FunctionalInterface
    private interface View<T> {
        BufferedDataTable of(List<T> rows, ExecutionContext exec) throws CanceledExecutionException;
    }

    private static <T> void write(
            TableSchema<T> schema, View<T> view, Loaded<T> loaded, int limit, ExecutionContext exec, ExecuteOutput out)
            throws CanceledExecutionException {
        List<T> all = loaded.rows();
        List<T> rows = limit > 0 && all.size() > limit ? all.subList(0, limit) : all;
        out.setOutData(0, schema.write(rows, exec));
        out.setInternalData(view.of(rows, exec));
        if (!loaded.warnings().isEmpty()) {
            out.setWarningMessage(String.join("\n", loaded.warnings()));
        }
    }
}
