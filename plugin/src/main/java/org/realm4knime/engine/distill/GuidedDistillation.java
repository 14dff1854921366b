package org.realm4knime.engine.distill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.AnswerChecker;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.train.Budget;
import org.realm4knime.engine.train.SupervisedExample;
import org.realm4knime.engine.train.SupervisedTrainer;
import org.realm4knime.engine.train.TrainingResult;

/**
 * Guided distillation: the teacher answers with the domain's rules in its prompt; what passes the check is trained into
 * the student without the rules, so that they become part of its weights.
 */
public final class GuidedDistillation {

    /** Share of the job's progress that drawing rationales takes. */
    private static final double DRAWING = 0.3;

    private final LanguageModel student;
    private final List<Rule> rules;
    private final AnswerChecker checker;
    private final DistillationSettings settings;
    private final List<Rationale> accepted = new ArrayList<>();
    private int drawn;
    private long generated;
    private int wrongAnswer;
    private int wrongReason;
    private int withoutRule;

    private GuidedDistillation(
            LanguageModel student, List<Rule> rules, AnswerChecker checker, DistillationSettings settings) {
        this.student = student;
        this.rules = rules;
        this.checker = checker;
        this.settings = settings;
    }

    /**
     * Draws rationales, filters them, and trains the student.
     *
     * @param student trained in place
     * @param teacher answers with the rules; may be the student itself, which then teaches as it was before training
     * @param problems problems with reference answers
     * @param rules the domain's rules
     * @param replay examples of other skills mixed into the training, see {@link
     *     org.realm4knime.engine.train.SupervisedSettings#replayShare()}; may be empty
     * @param checker decides whether a rationale's answer is right
     * @param settings drawing, filter and training
     * @param progress told of every batch and step
     * @throws EngineException when there are no rules or no rationale passes the check
     * @throws CanceledJobException when {@code progress} was cancelled
     */
    public static DistillationResult run(
            LanguageModel student,
            LanguageModel teacher,
            List<Problem> problems,
            List<Rule> rules,
            List<SupervisedExample> replay,
            AnswerChecker checker,
            DistillationSettings settings,
            Progress progress)
            throws CanceledJobException {
        if (rules.isEmpty()) {
            throw new EngineException("The rules table is empty. Guided distillation needs at least one rule.");
        }
        GuidedDistillation job = new GuidedDistillation(student, rules, checker, settings);
        job.drawAll(teacher, problems, progress.sub(0, DRAWING));
        List<SupervisedExample> examples = job.accepted.stream()
                .map(r -> new SupervisedExample(r.prompt(), r.text(), 1))
                .toList();
        TrainingResult training =
                SupervisedTrainer.train(student, examples, replay, settings.training(), progress.sub(DRAWING, 1));
        return new DistillationResult(
                List.copyOf(job.accepted),
                job.drawn,
                job.wrongAnswer,
                job.wrongReason,
                job.withoutRule,
                training.after(new Budget(job.drawn, job.generated, 0)));
    }

    private void drawAll(LanguageModel teacher, List<Problem> problems, Progress progress) throws CanceledJobException {
        draw(teacher, problems, false, progress.sub(0, settings.hints() ? 0.5 : 1));
        if (settings.hints()) {
            Set<String> solved = accepted.stream().map(Rationale::problemId).collect(Collectors.toSet());
            List<Problem> failed = problems.stream()
                    .filter(problem -> problem.hasAnswer() && !solved.contains(problem.id()))
                    .toList();
            if (!failed.isEmpty()) {
                draw(teacher, failed, true, progress.sub(0.5, 1));
            }
        }
        if (accepted.isEmpty()) {
            throw new EngineException("None of the teacher's " + drawn + " rationales was accepted: " + wrongAnswer
                    + " had a wrong or no answer, " + wrongReason + " a wrong calculation, " + withoutRule
                    + " cited no rule. Use a stronger teacher, clearer"
                    + " rules, or switch off 'Require a cited rule'.");
        }
    }

    private void draw(LanguageModel teacher, List<Problem> problems, boolean hinted, Progress progress)
            throws CanceledJobException {
        List<String> prompts = problems.stream()
                .map(problem -> teacher.prompt(problem.question(), told(problem, hinted), List.of()))
                .toList();
        List<List<Completion>> completions = new Generator(teacher, settings.batchSize())
                .generate(prompts, settings.rationalesPerProblem(), settings.sampling(), progress);
        for (int i = 0; i < problems.size(); i++) {
            Set<String> texts = new HashSet<>();
            for (Completion completion : completions.get(i)) {
                drawn++;
                generated += completion.logProbs().length;
                consider(problems.get(i), completion, hinted)
                        .filter(r -> texts.add(r.text().replaceAll("\\s+", " ")))
                        .ifPresent(accepted::add);
            }
        }
    }

    /** What stands in the teacher's prompt before the question: the rules, and the hint where it gets one. */
    private List<String> told(Problem problem, boolean hinted) {
        List<String> told = new ArrayList<>(Rule.textsFor(problem, rules));
        if (hinted) {
            told.add(settings.hintFor(problem));
        }
        return told;
    }

    private Optional<Rationale> consider(Problem problem, Completion completion, boolean hinted) {
        String text = completion.text().strip();
        Optional<String> answer = checker.extract(text);
        if (completion.truncated() || answer.isEmpty() || !checker.matches(answer.get(), problem.answer())) {
            wrongAnswer++;
            return Optional.empty();
        }
        if (!settings.accepted().acceptsSteps(text)) {
            wrongReason++;
            return Optional.empty();
        }
        List<Rule> applicable = Rule.applicableTo(problem, rules);
        List<String> cited = RuleCitation.cited(text, applicable);
        if (settings.requireRuleCitation() && cited.isEmpty() && !applicable.isEmpty()) {
            withoutRule++;
            return Optional.empty();
        }
        String prompt = student.promptFormat().render(problem.question(), List.of(), List.of());
        return Optional.of(new Rationale(problem.id(), prompt, text, answer.get(), cited, hinted));
    }
}
