package org.realm4knime.engine.grpo;

import java.util.List;
import java.util.stream.Stream;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.mrpv.SolutionForm;
import org.realm4knime.engine.update.TrainingSequence;

/**
 * Internalises right solutions: those that were written with help in view are learned, token by token, on the prompt
 * without it. With w the internalisation weight, S the solutions of a step and N its rollouts,
 *
 * <pre>loss = w |S| / N mean over the tokens of S (-log p(token)),</pre>
 *
 * so that few solutions make a small step. It is rejection fine-tuning on the policy's own samples (STaR, Zelikman et
 * al., 2022; RAFT, Dong et al., 2023) with another prompt to learn on than to sample from (context distillation, Snell
 * et al., 2022).
 *
 * <p>Ours: it is part of each step of reinforcement learning, and only solutions without a word of the verdicts, in the
 * form that is asked for, are taught ({@link SolutionForm}); where answers can be guessed, only after right verdicts.
 */
final class SolutionLessons implements Internalisation {

    private final TextTokenizer tokenizer;
    private final PromptWriter writer;
    private final GrpoSettings settings;
    private final boolean guessable;

    /** @param checker tells whether answers can be guessed */
    SolutionLessons(TextTokenizer tokenizer, PromptWriter writer, AnswerChecker checker, GrpoSettings settings) {
        this.tokenizer = tokenizer;
        guessable = checker.guessable();
        this.writer = writer;
        this.settings = settings;
    }

    @Override
    public Lessons of(List<RolloutGroup> groups, int step, Progress progress) {
        List<TrainingSequence> solutions =
                Internalisation.helped(groups).stream().flatMap(this::solutions).toList();
        return Lessons.of(solutions, solutions.size() / (double) RolloutGroup.rollouts(groups), settings);
    }

    private Stream<TrainingSequence> solutions(RolloutGroup group) {
        int[] prompt = writer.plain(group.prompt().problem()).tokens();
        return group.tries()
                .map(RolloutGroup.Member::reward)
                .filter(reward -> reward.right() && understood(group, reward))
                .map(Reward::solution)
                .filter(solution -> settings.teaching().taught().acceptsSteps(solution)
                        && SolutionForm.teachable(
                                writer.format(),
                                group.prompt().problem(),
                                group.prompt().shown(),
                                solution))
                .map(solution -> TrainingSequence.taught(prompt, tokenizer.encodeCompletion(solution), 1));
    }

    /** A label is right by chance one time in three or so, while verdicts on all routes hardly ever are as well. */
    private boolean understood(RolloutGroup group, Reward reward) {
        boolean judged = group.prompt().guided() && settings.reward().process() > 0;
        return !guessable || !judged || reward.process() == 1;
    }
}
