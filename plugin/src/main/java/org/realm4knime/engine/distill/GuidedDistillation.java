package org.realm4knime.engine.distill;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.generate.LocalGenerator;
import org.realm4knime.engine.generate.TextGenerator;
import org.realm4knime.engine.generate.Written;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.mrpv.SolutionForm;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.mrpv.Verification.Parsed;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.supervised.ExampleKind;
import org.realm4knime.engine.supervised.RouteExamples;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.supervised.TeacherDistribution;
import org.realm4knime.engine.train.Budget;
import org.realm4knime.engine.train.TrainingCanceledException;
import org.realm4knime.engine.train.TrainingResult;

/**
 * Guided distillation: the teacher answers with the domain's rules in its prompt, and, where asked for, with external
 * routes beside them. What passes the check, and where asked for right external routes that pass it too, is trained
 * into the student without the rules, so that they become part of its weights. Where asked for, the student learns not
 * only the tokens of a rationale but how likely the teacher finds every other token in their places.
 */
public final class GuidedDistillation {

    /** Share of the job's progress that drawing rationales takes. */
    private static final double DRAWING = 0.3;
    /** Share that asking the student takes, before the training and after it. */
    private static final double EXAM = 0.02;

    private final LanguageModel student;
    private final List<Rule> rules;
    private final AnswerChecker checker;
    private final DistillationSettings settings;
    private final RouteExamples routes;
    /** By problem id. */
    private final Map<String, List<Rationale>> accepted = new LinkedHashMap<>();

    private int drawn;
    private long generated;
    /** Texts of the teacher that were dropped. */
    private final Map<Fault, Integer> dropped = new EnumMap<>(Fault.class);

    private int unanswered;
    /** Why one of the rationales was not written. */
    private String refusal = "";

    /** Why a text is no rationale to learn. */
    private enum Fault {
        WRONG_ANSWER,
        FLAWED,
        WRONG_REASON,
        WITHOUT_RULE
    }

    private GuidedDistillation(
            LanguageModel student, List<Rule> rules, AnswerChecker checker, DistillationSettings settings) {
        this.student = student;
        this.rules = rules;
        this.checker = checker;
        this.settings = settings;
        routes = new RouteExamples(
                student.promptFormat(),
                settings.taught(),
                settings.routesShown(),
                new Random(settings.training().run().seed()));
    }

    /**
     * Draws rationales, filters them, and trains the student. Where none passes, the student stays as it is, which the
     * result warns of.
     *
     * @param student trained in place
     * @param teacher answers with the rules; may be the student itself, which then teaches as it was before training
     * @param problems problems with reference answers, and routes of other models where there are any
     * @param rules the domain's rules; without any the student learns right routes, and what a teacher finds unaided
     * @param replay examples of other skills mixed into the training, see {@link
     *     org.realm4knime.engine.supervised.SupervisedSettings#replayShare()}; may be empty
     * @param checker decides whether a rationale's answer is right
     * @param settings drawing, filter and training
     * @param progress told of every batch and step
     * @throws EngineException when no rationale was written, since the teacher gave no answer to any request
     * @throws CanceledJobException when {@code progress} was cancelled
     */
    public static DistillationResult run(
            LanguageModel student,
            TextGenerator teacher,
            List<GuidedProblem> problems,
            List<Rule> rules,
            List<SupervisedExample> replay,
            AnswerChecker checker,
            DistillationSettings settings,
            Progress progress)
            throws CanceledJobException {
        if (settings.distributionShare() > 0) {
            requireLocal(teacher);
        }
        GuidedDistillation job = new GuidedDistillation(student, rules, checker, settings);
        job.drawAll(teacher, problems, progress.sub(0, DRAWING));
        List<Rationale> accepted =
                job.accepted.values().stream().flatMap(List::stream).toList();
        if (accepted.isEmpty()) {
            return job.result(accepted, List.of(), TrainingResult.untrained(job.whyNoneIsAccepted()));
        }
        RuleExam exam = new RuleExam(rules, byId(problems), accepted, checker, settings);
        Set<String> before = exam.right(student, progress.sub(DRAWING, DRAWING + EXAM));
        TrainingResult training;
        try {
            training = job.train(teacher, problems, replay, progress.sub(DRAWING + EXAM, 1 - EXAM));
        } catch (TrainingCanceledException e) {
            throw e.after(job.spent());
        }
        Set<String> after = exam.right(student, progress.sub(1 - EXAM, 1));
        return job.result(accepted, exam.compare(before, after), training.after(job.spent()));
    }

    private DistillationResult result(List<Rationale> accepted, List<LearnedRule> learned, TrainingResult training) {
        return new DistillationResult(
                accepted,
                drawn,
                dropped(Fault.WRONG_ANSWER),
                dropped(Fault.WRONG_REASON),
                dropped(Fault.WITHOUT_RULE),
                dropped(Fault.FLAWED),
                unanswered,
                learned,
                training);
    }

    /** What drawing the rationales took. */
    private Budget spent() {
        return new Budget(drawn, generated, 0);
    }

    private static Map<String, Problem> byId(List<GuidedProblem> problems) {
        return problems.stream()
                .map(GuidedProblem::problem)
                .collect(Collectors.toMap(Problem::id, problem -> problem, (first, second) -> first));
    }

    /** What the student learns, and what the teacher reads before the same completion. */
    private record Lesson(SupervisedExample example, String teacherPrompt) {}

    private TrainingResult train(
            TextGenerator teacher, List<GuidedProblem> problems, List<SupervisedExample> replay, Progress progress)
            throws CanceledJobException {
        List<Lesson> lessons = progress
                .each(problems, guided -> accepted.getOrDefault(guided.problem().id(), List.of()).stream()
                        .flatMap(rationale -> lessons(teacher, guided, rationale))
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
        TeacherDistribution distribution = settings.distributionShare() == 0
                ? null
                : new TeacherDistribution(
                        requireLocal(teacher),
                        settings.distributionShare(),
                        lessons.stream().map(Lesson::teacherPrompt).toList());
        return SupervisedTrainer.train(
                student,
                lessons.stream().map(Lesson::example).toList(),
                replay,
                distribution,
                settings.training(),
                progress);
    }

    /** An endpoint tells the tokens that it drew, and not how likely it found the others. */
    private static LanguageModel requireLocal(TextGenerator teacher) {
        if (teacher instanceof LocalGenerator local) {
            return local.model();
        }
        throw new EngineException("The teacher is an endpoint, which does not tell how likely it finds every token. Set"
                + " the share of token distributions to 0, or connect a teacher that a Language Model Reader gives.");
    }

    private Stream<Lesson> lessons(TextGenerator teacher, GuidedProblem guided, Rationale rationale) {
        Lesson alone = new Lesson(
                SupervisedExample.of(rationale.prompt(), rationale.text()),
                prompt(teacher, guided.problem(), rationale.hinted(), List.of()));
        if (settings.taught() == ExampleKind.ROUTE_ALONE || !guided.hasRoutesToShow()) {
            return Stream.of(alone);
        }
        List<VerifiedRoute> shown = routes.draw(guided);
        Lesson withRoutes = new Lesson(
                routes.example(guided, shown, rationale.text()),
                prompt(teacher, guided.problem(), rationale.hinted(), shown));
        return Stream.of(alone, withRoutes);
    }

    private void drawAll(TextGenerator teacher, List<GuidedProblem> problems, Progress progress)
            throws CanceledJobException {
        List<GuidedProblem> routed = settings.askWithRoutes()
                ? problems.stream().filter(GuidedProblem::hasRoutesToShow).toList()
                : List.of();
        int passes = 1 + (routed.isEmpty() ? 0 : 1) + (settings.hints() ? 1 : 0);
        double share = 1.0 / passes;
        draw(teacher, problems, false, false, progress.sub(0, share));
        if (!routed.isEmpty()) {
            draw(teacher, routed, true, false, progress.sub(share, 2 * share));
        }
        if (settings.hints()) {
            List<GuidedProblem> failed = problems.stream()
                    .filter(item -> item.problem().hasAnswer()
                            && !accepted.containsKey(item.problem().id()))
                    .toList();
            draw(teacher, failed, false, true, progress.sub(1 - share, 1));
        }
        if (settings.learnRoutes()) {
            for (GuidedProblem guided : problems) {
                progress.checkCanceled();
                takeRoutes(guided);
            }
        }
        if (accepted.isEmpty() && drawn > 0 && unanswered == drawn) {
            throw new EngineException("The teacher wrote none of " + drawn + " rationales" + refusal
                    + ". Check its server, and run the node again.");
        }
    }

    private String whyNoneIsAccepted() {
        return "None of the teacher's " + drawn + " rationales was accepted, so the model is handed on as it came: "
                + dropped(Fault.WRONG_ANSWER) + " had a wrong or no answer, " + dropped(Fault.WRONG_REASON)
                + " a wrong calculation, " + dropped(Fault.WITHOUT_RULE) + " cited no rule, "
                + dropped(Fault.FLAWED) + " were not a solution in the form that was asked for"
                + (unanswered == 0 ? "" : ", " + unanswered + " were not written" + refusal) + ". Use a stronger"
                + " teacher, clearer rules or verified routes, or switch off 'Require a cited rule'.";
    }

    private void draw(
            TextGenerator teacher, List<GuidedProblem> problems, boolean withRoutes, boolean hinted, Progress progress)
            throws CanceledJobException {
        List<List<VerifiedRoute>> shown = problems.stream()
                .map(item -> withRoutes ? routes.draw(item) : List.<VerifiedRoute>of())
                .toList();
        List<String> prompts = progress.each(
                IntStream.range(0, problems.size()).boxed().toList(),
                i -> prompt(teacher, problems.get(i).problem(), hinted, shown.get(i)));
        List<List<Written>> texts = teacher.generate(
                prompts, settings.rationalesPerProblem(), settings.sampling(), settings.batchSize(), progress);
        for (int i = 0; i < problems.size(); i++) {
            progress.checkCanceled();
            Problem problem = problems.get(i).problem();
            for (Written written : texts.get(i)) {
                drawn++;
                generated += written.drawn();
                if (written.isFailed()) {
                    unanswered++;
                    refusal = " (" + written.error() + ")";
                } else if (written.truncated()) {
                    drop(Fault.WRONG_ANSWER);
                } else {
                    Parsed parsed = Verification.parse(teacher.promptFormat(), written.text());
                    consider(problem, shown.get(i), parsed, Rationale.TEACHER, hinted, this::drop)
                            .ifPresent(this::keep);
                }
            }
        }
    }

    /** Right routes are rationales as well, of a teacher that need not be asked. */
    private void takeRoutes(GuidedProblem guided) {
        for (VerifiedRoute route : guided.routes()) {
            if (settings.accepted().accepts(route) && guided.problem().hasAnswer()) {
                Parsed parsed =
                        Verification.parse(student.promptFormat(), route.route().text());
                consider(guided.problem(), List.of(), parsed, route.route().source(), false, fault -> {})
                        .ifPresent(this::keep);
            }
        }
    }

    private void drop(Fault fault) {
        dropped.merge(fault, 1, Integer::sum);
    }

    private int dropped(Fault fault) {
        return dropped.getOrDefault(fault, 0);
    }

    /** Equal rationales of a problem count once. */
    private void keep(Rationale rationale) {
        List<Rationale> kept = accepted.computeIfAbsent(rationale.problemId(), id -> new ArrayList<>());
        String words = words(rationale);
        if (kept.stream().noneMatch(other -> words(other).equals(words))) {
            kept.add(rationale);
        }
    }

    private static String words(Rationale rationale) {
        return rationale.text().replaceAll("\\s+", " ");
    }

    /** What the teacher reads: the rules, the hint where it gets one, the question, and routes. */
    private String prompt(TextGenerator teacher, Problem problem, boolean hinted, List<VerifiedRoute> shown) {
        List<String> told = new ArrayList<>(Rule.textsFor(problem, rules));
        if (hinted) {
            told.add(settings.hintFor(problem));
        }
        return teacher.prompt(
                problem.question(),
                told,
                shown.stream().map(route -> route.route().text()).toList());
    }

    /** @param dropped told why it is none, if so */
    private Optional<Rationale> consider(
            Problem problem,
            List<VerifiedRoute> shown,
            Parsed parsed,
            String source,
            boolean hinted,
            Consumer<Fault> dropped) {
        String text = parsed.solution();
        Optional<String> answer = checker.extractRight(text, problem.answer());
        if (answer.isEmpty()) {
            dropped.accept(Fault.WRONG_ANSWER);
            return Optional.empty();
        }
        boolean inForm = parsed.flaw().isEmpty()
                && (!problem.hasAnswer()
                        || SolutionForm.answerAtEnd(checker, text).isPresent())
                && SolutionForm.teachable(student.promptFormat(), problem, shown, text);
        if (!inForm) {
            dropped.accept(Fault.FLAWED);
            return Optional.empty();
        }
        if (!settings.accepted().acceptsSteps(text)) {
            dropped.accept(Fault.WRONG_REASON);
            return Optional.empty();
        }
        List<Rule> applicable = Rule.applicableTo(problem, rules);
        List<String> cited = RuleCitation.cited(text, applicable);
        if (settings.requireRuleCitation() && cited.isEmpty() && !applicable.isEmpty()) {
            dropped.accept(Fault.WITHOUT_RULE);
            return Optional.empty();
        }
        String prompt = student.promptFormat().render(problem.question(), List.of(), List.of());
        return Optional.of(new Rationale(problem.id(), prompt, text, answer.get(), cited, source, hinted));
    }
}
