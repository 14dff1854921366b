package org.realm4knime.engine.grpo;

import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.train.HeldOut;
import org.realm4knime.engine.update.TrainingWorker;

/** Problems that the policy answers greedily to show what it can do. */
final class HeldOutProblems implements HeldOut {

    private final List<GuidedProblem> problems;
    private final PromptWriter writer;
    private final TrainingWorker worker;
    private final AnswerChecker checker;
    private final SamplingSettings sampling;

    /**
     * Held-out problems of a training.
     *
     * @param problems the problems, with the routes that a prompt with help shows; may be empty
     * @param writer writes the prompts
     * @param worker answers
     * @param checker judges
     * @param maxNewTokens longest answer, in tokens
     */
    HeldOutProblems(
            List<GuidedProblem> problems,
            PromptWriter writer,
            TrainingWorker worker,
            AnswerChecker checker,
            int maxNewTokens) {
        this.problems = problems;
        this.writer = writer;
        this.worker = worker;
        this.checker = checker;
        sampling = SamplingSettings.greedy(maxNewTokens);
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
    public boolean[] alone(Progress progress) throws CanceledJobException {
        return answer(
                problems.stream().map(item -> writer.plain(item.problem())).toList(), progress);
    }

    @Override
    public boolean[] withHelp(Progress progress) throws CanceledJobException {
        return answer(problems.stream().map(writer::full).toList(), progress);
    }

    private boolean[] answer(List<TrainingPrompt> prompts, Progress progress) throws CanceledJobException {
        List<List<Completion>> completions =
                worker.write(prompts.stream().map(TrainingPrompt::tokens).toList(), 1, sampling, progress);
        boolean[] right = new boolean[prompts.size()];
        for (int i = 0; i < right.length; i++) {
            Problem problem = problems.get(i).problem();
            Completion completion = completions.get(i).get(0);
            String solution =
                    Verification.parse(writer.format(), completion.text()).solution();
            right[i] = checker.extractRight(solution, completion.truncated(), problem.answer())
                    .isPresent();
        }
        return right;
    }
}
