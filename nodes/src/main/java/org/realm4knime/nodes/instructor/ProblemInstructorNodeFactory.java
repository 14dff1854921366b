package org.realm4knime.nodes.instructor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.distill.InstructionResult;
import org.realm4knime.engine.distill.ProblemInstructor;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.job.Warnings;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.LanguageModelPortObjectSpec;
import org.realm4knime.nodes.port.OpenModels;
import org.realm4knime.nodes.port.PortGroups;
import org.realm4knime.nodes.port.Ports;
import org.realm4knime.nodes.table.ExampleTable;
import org.realm4knime.nodes.table.InstructedProblemTable;
import org.realm4knime.nodes.table.PredictionTable;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;

/** The Problem Instructor: problems like those that a student missed, answered by teachers. */
public final class ProblemInstructorNodeFactory extends DefaultNodeFactory {

    private static final String PROBLEMS = "Problems";
    private static final String PREDICTIONS = "Predictions";
    private static final String TEACHER = "Teacher";
    /** Id of the further ones, from when it was that of all. */
    private static final String TEACHERS = "Teachers";

    private static final String MODEL = "Model to train";
    private static final String NEW = "New problems";
    private static final String EXAMPLES = "Examples";
    private static final String ROUTES = "Routes";

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Problem Instructor")
            .icon("instructor.png")
            .shortDescription("Makes further problems like those that a model missed, with answers of its teachers.")
            .fullDescription(
                    """
                    <p>Learning from mistakes, in the manner of LLMs-as-Instructors: problems that the student
                    answered wrongly are varied, teachers answer the variations, and those on whose answer most
                    teachers agree become training examples. Train on them with the Supervised Trainer; then find out
                    what the student misses now.</p>
                    <p>Variations are made of the problems' own words: numbers and phrases of a question are swapped
                    with those of other questions of the same shape. So problems should be alike in form: a question
                    unlike all others is not varied.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .dynamicPorts(p -> p.addInputPortGroup(
                            PROBLEMS, Ports.table(PROBLEMS, "Training problems with reference answers."))
                    .addInputPortGroup(
                            PREDICTIONS,
                            Ports.table(
                                    PREDICTIONS,
                                    "The student's answers to them, as the Benchmark Evaluator or the Reasoner writes"
                                            + " them. A problem with a wrong answer in any row counts as missed."))
                    .addInputPortGroup(TEACHER, Ports.model(TEACHER, "A model that answers."))
                    .addInputPortGroup(
                            TEACHERS,
                            Ports.furtherModels("Further teachers", "More models that answer, a port for each."))
                    .addInputPortGroup(
                            MODEL,
                            Ports.optionalModel(
                                    MODEL,
                                    """
                                    The student. The examples are then written in its own prompt format. Without a \
                                    student they are written in a general one."""))
                    .addOutputPortGroup(
                            NEW,
                            Ports.table(
                                    NEW,
                                    "The new problems with answer, rationale (a teacher's route), the missed problem"
                                            + " and the agreement, the share of routes that reach the answer."))
                    .addOutputPortGroup(
                            EXAMPLES,
                            Ports.table(EXAMPLES, "The same as training examples: prompt, completion, weight."))
                    .addOutputPortGroup(
                            ROUTES,
                            Ports.table(ROUTES, "Everything the teachers wrote, also to problems that they dispute.")))
            .model(m -> m.parametersClass(ProblemInstructorNodeParameters.class)
                    .configure(ProblemInstructorNodeFactory::configure)
                    .execute(ProblemInstructorNodeFactory::execute))
            .nodeType(NodeType.Manipulator)
            .keywords("augmentation", "synthetic data", "mistakes", "LLMs-as-Instructors", "LLM", "SLM", "ReaLM");

    /** For KNIME. */
    public ProblemInstructorNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        ProblemInstructorNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        ProblemTable.check(in.getInTableSpec(ports.required(PROBLEMS)), parameters.problems);
        PredictionTable.check(in.getInTableSpec(ports.required(PREDICTIONS)), parameters.predictions);
        OpenModels.checkNames(ports.all(TEACHER, TEACHERS)
                .mapToObj(in::<LanguageModelPortObjectSpec>getInPortSpec)
                .toList());
        out.setOutSpecs(InstructedProblemTable.SCHEMA.spec(), ExampleTable.SCHEMA.spec(), RouteTable.SCHEMA.spec());
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        ProblemInstructorNodeParameters parameters = in.getParameters();
        PortGroups ports = PortGroups.ofCurrentNode();
        ExecutionContext exec = in.getExecutionContext();
        List<LanguageModelPortObject> objects = ports.all(TEACHER, TEACHERS)
                .mapToObj(in::<LanguageModelPortObject>getInPortObject)
                .toList();
        EngineJob.run(exec, progress -> {
            List<Problem> problems = parameters.answers.asked(
                    ProblemTable.read(in.getInTable(ports.required(PROBLEMS)), parameters.problems, progress));
            AnswerChecker checker = parameters.answers.checker(problems);
            Set<String> missed = PredictionTable.missed(
                    in.getInTable(ports.required(PREDICTIONS)), parameters.predictions, problems, checker, progress);
            try (OpenModels models = OpenModels.of(objects, progress)) {
                InstructionResult result = ProblemInstructor.run(
                        problems, missed, models.sources(), checker, parameters.settings(), progress);
                out.setOutData(
                        InstructedProblemTable.SCHEMA.write(result.problems(), exec),
                        ExampleTable.SCHEMA.write(examples(result, promptFormat(in, ports)), exec),
                        RouteTable.SCHEMA.write(result.routes(), exec));
                new Warnings()
                        .add(models.warnings())
                        .add(fewNew(result, missed.size()))
                        .show(out);
            }
        });
    }

    private static PromptFormat promptFormat(ExecuteInput in, PortGroups ports) {
        Optional<Integer> port = ports.optional(MODEL);
        if (port.isEmpty()) {
            return PromptFormat.general();
        }
        LanguageModelPortObject model = in.getInPortObject(port.get());
        return model.promptFormat();
    }

    private static List<SupervisedExample> examples(InstructionResult result, PromptFormat format) {
        return result.problems().stream()
                .map(made -> SupervisedExample.of(
                        format.render(made.problem().question(), List.of(), List.of()),
                        made.problem().rationale()))
                .toList();
    }

    private static Optional<String> fewNew(InstructionResult result, int missed) {
        boolean many = result.withoutTemplate() * 2 <= missed
                && result.disputed() <= result.problems().size();
        return many
                ? Optional.empty()
                : Optional.of("Of " + missed + " missed problems " + result.withoutTemplate()
                        + " are like no other, so that no variation could be made of them; on " + result.disputed()
                        + " of " + (result.disputed() + result.problems().size())
                        + " new problems the teachers did not agree. Give more problems of the same form, or better"
                        + " teachers.");
    }
}
