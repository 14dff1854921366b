package org.realm4knime.nodes.reasoner;

import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.engine.evaluate.Answered;
import org.realm4knime.engine.evaluate.Guidance;
import org.realm4knime.engine.evaluate.Reasoner;
import org.realm4knime.engine.generate.TextGenerator;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.Warnings;
import org.realm4knime.nodes.parameters.CutOff;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.OpenModels;
import org.realm4knime.nodes.port.PortGroups;
import org.realm4knime.nodes.port.Ports;
import org.realm4knime.nodes.table.AnsweredTable;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;
import org.realm4knime.nodes.table.RuleTable;

/** The Reasoner: lets a model answer the questions of a table. */
public final class ReasonerNodeFactory extends DefaultNodeFactory {

    private static final String MODEL = "Model";
    private static final String QUESTIONS = "Questions";
    private static final String ROUTES = "Routes";
    private static final String RULES = "Rules";
    private static final String ANSWERS = "Answers";

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Reasoner")
            .icon("reasoner.png")
            .shortDescription("Lets a language model answer the questions of a table.")
            .fullDescription(
                    """
                    <p>Asks the model each question of a table and appends its reasoning and its answer. With
                    routes of other models in the prompt, the model checks and contrasts them before it answers.
                    With domain rules connected, each prompt carries those that apply to its question.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .dynamicPorts(p -> p.addInputPortGroup(MODEL, Ports.model(MODEL, "The model to ask."))
                    .addInputPortGroup(QUESTIONS, Ports.table(QUESTIONS, "Any table with a column of questions."))
                    .addInputPortGroup(
                            ROUTES,
                            Ports.optionalTable(
                                    ROUTES, "External routes to show, as the Multi-Route Rollout writes them."))
                    .addInputPortGroup(
                            RULES,
                            Ports.optionalTable(
                                    RULES,
                                    "Domain rules that the prompts carry: a column text, and optionally id and applies"
                                            + " to (the domain of the questions that a rule applies to)."))
                    .addOutputPortGroup(
                            ANSWERS,
                            Ports.table(
                                    ANSWERS,
                                    "The questions with four more columns: reasoning, model answer, truncated (whether"
                                            + " it reached the token limit) and error (why an endpoint gave no"
                                            + " answer).")))
            .model(m -> m.parametersClass(ReasonerNodeParameters.class)
                    .configure(ReasonerNodeFactory::configure)
                    .execute(ReasonerNodeFactory::execute))
            .nodeType(NodeType.Predictor)
            .keywords("predict", "inference", "generate", "answer", "LLM", "SLM", "ReaLM");

    /** For KNIME. */
    public ReasonerNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        ReasonerNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        DataTableSpec questions = in.getInTableSpec(ports.required(QUESTIONS));
        ProblemTable.check(questions, parameters.questions);
        Optional<Integer> routes = ports.optional(ROUTES);
        if (routes.isPresent()) {
            RouteTable.check(in.getInTableSpec(routes.get()));
        }
        Optional<Integer> rules = ports.optional(RULES);
        if (rules.isPresent()) {
            RuleTable.check(in.getInTableSpec(rules.get()));
        }
        out.setOutSpec(0, AnsweredTable.spec(questions));
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        ReasonerNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        LanguageModelPortObject object = in.getInPortObject(ports.required(MODEL));
        BufferedDataTable questions = in.getInTable(ports.required(QUESTIONS));
        EngineJob.run(in.getExecutionContext(), progress -> {
            List<Problem> problems =
                    parameters.answers.asked(ProblemTable.read(questions, parameters.questions, progress));
            Guidance guidance = new Guidance(
                    RouteTable.byProblem(RouteTable.read(in, ports.optional(ROUTES), progress)),
                    parameters.showRules ? RuleTable.read(in, ports.optional(RULES), progress) : List.of());
            try (TextGenerator model = object.openToAsk(progress)) {
                List<Answered> answers = Reasoner.answer(
                        model,
                        problems,
                        guidance,
                        parameters.answers.checker(problems),
                        parameters.settings(),
                        progress);
                out.setOutData(0, AnsweredTable.write(questions, answers, in.getExecutionContext()));
                warn(answers, OpenModels.warnings(model), parameters, out);
            }
        });
    }

    private static void warn(
            List<Answered> answers, List<String> warnings, ReasonerNodeParameters parameters, ExecuteOutput out) {
        long cut = answers.stream().filter(Answered::truncated).count();
        new Warnings()
                .add(warnings)
                .add(CutOff.warning("answers", cut, answers.size(), parameters.generation.maxNewTokens))
                .show(out);
    }
}
