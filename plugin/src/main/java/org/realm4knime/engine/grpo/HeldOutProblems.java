package org.realm4knime.engine.grpo;

import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.TaughtPrompts;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.train.HeldOut;
import org.realm4knime.engine.update.RandomStreams;
import org.realm4knime.engine.update.RandomStreams.Purpose;
import org.realm4knime.engine.update.TrainingWorker;

/** Problems that the policy answers to show what it can do. */
final class HeldOutProblems implements HeldOut {

    /** Sampled tries at each problem. */
    private static final int TRIES = 4;

    private final List<GuidedProblem> problems;
    private final PromptWriter writer;
    private final TrainingWorker worker;
    private final TaughtPrompts taught;
    private final AnswerChecker checker;
    private final GrpoSettings settings;

    /**
     * Held-out problems of a training.
     *
     * @param problems the problems, with the routes that a prompt with help shows; may be empty
     * @param writer writes the prompts
     * @param worker answers
     * @param taught prompts that earlier trainings taught the policy
     * @param checker judges
     * @param settings longest answer, temperature of tries, and seed
     */
    HeldOutProblems(
            List<GuidedProblem> problems,
            PromptWriter writer,
            TrainingWorker worker,
            TaughtPrompts taught,
            AnswerChecker checker,
            GrpoSettings settings) {
        this.problems = problems;
        this.writer = writer;
        this.worker = worker;
        this.taught = taught;
        this.checker = checker;
        this.settings = settings;
    }

    @Override
    public int size() {
        return problems.size();
    }

    /** Id of one of the problems, by its number. */
    String id(int number) {
        return problems.get(number).problem().id();
    }

    @Override
    public boolean hasHelp() {
        return problems.stream().anyMatch(item -> writer.full(item).helped());
    }

    @Override
    public boolean[] taughtBefore(Progress progress) throws CanceledJobException {
        List<TrainingPrompt> prompts = plain(progress);
        boolean[] known = new boolean[prompts.size()];
        for (int i = 0; i < known.length; i++) {
            known[i] = taught.contains(prompts.get(i).tokens());
        }
        return known;
    }

    @Override
    public boolean[] alone(Progress progress) throws CanceledJobException {
        return answer(plain(progress), progress);
    }

    @Override
    public int[] tries(int step, Progress progress) throws CanceledJobException {
        long seed = RandomStreams.seed(settings.run().seed(), Purpose.WATCH, step);
        SamplingSettings sampling = SamplingSettings.sample(
                settings.rollout().maxNewTokens(), settings.rollout().temperature(), seed);
        return right(plain(progress), TRIES, sampling, progress);
    }

    @Override
    public boolean[] withHelp(Progress progress) throws CanceledJobException {
        return answer(progress.each(problems, writer::full), progress);
    }

    private List<TrainingPrompt> plain(Progress progress) throws CanceledJobException {
        return progress.each(problems, item -> writer.plain(item.problem()));
    }

    private boolean[] answer(List<TrainingPrompt> prompts, Progress progress) throws CanceledJobException {
        SamplingSettings greedy = SamplingSettings.greedy(settings.rollout().maxNewTokens());
        int[] counts = right(prompts, 1, greedy, progress);
        boolean[] right = new boolean[counts.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = counts[i] > 0;
        }
        return right;
    }

    /** How many of the answers to each prompt are right. */
    private int[] right(List<TrainingPrompt> prompts, int answers, SamplingSettings sampling, Progress progress)
            throws CanceledJobException {
        List<List<Completion>> completions =
                worker.write(prompts.stream().map(TrainingPrompt::tokens).toList(), answers, sampling, progress);
        int[] right = new int[prompts.size()];
        for (int i = 0; i < right.length; i++) {
            Problem problem = problems.get(i).problem();
            right[i] = (int) completions.get(i).stream()
                    .filter(completion -> isRight(problem, completion))
                    .count();
        }
        return right;
    }

    private boolean isRight(Problem problem, Completion completion) {
        String solution = Verification.parse(writer.format(), completion.text()).solution();
        return checker.extractRight(solution, completion.truncated(), problem.answer())
                .isPresent();
    }
}
