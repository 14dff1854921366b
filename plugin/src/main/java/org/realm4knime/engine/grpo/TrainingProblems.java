package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.train.TrainingHistory;
import org.realm4knime.engine.update.RandomStreams;
import org.realm4knime.engine.update.RandomStreams.Purpose;

/**
 * The problems of a training that fit the model.
 *
 * @param training those to train on, at least one
 * @param heldOut those to watch it by; may be empty
 */
record TrainingProblems(List<GuidedProblem> training, List<GuidedProblem> heldOut) {

    /** Fewer say too little, and the training needs its problems more. */
    private static final int FEWEST = 8;

    private static final int MOST = 100;

    /**
     * Chooses the problems.
     *
     * @param problems problems with reference answers
     * @param heldOut problems to watch the training by; where empty, the settings say which share of the others is held
     *     out
     * @param policy must be able to read them
     * @param writer writes their prompts
     * @param history gets a warning about those that do not fit
     * @param progress asked before each problem whether to stop
     * @throws EngineException if a problem has no answer, or none is left
     */
    static TrainingProblems of(
            List<GuidedProblem> problems,
            List<GuidedProblem> heldOut,
            LanguageModel policy,
            PromptWriter writer,
            GrpoSettings settings,
            TrainingHistory history,
            Progress progress)
            throws CanceledJobException {
        int longest = policy.config().maxPositions() - settings.rollout().maxNewTokens();
        List<GuidedProblem> usable = usable(problems, longest, policy, writer, settings, history, progress);
        if (settings.watch().everySteps() == 0) {
            return new TrainingProblems(usable, List.of());
        }
        if (heldOut.isEmpty()) {
            return split(usable, settings.watch().heldOutShare(), settings.run().seed());
        }
        List<GuidedProblem> looked = usable(heldOut, longest, policy, writer, settings, history, progress);
        return new TrainingProblems(usable, looked.subList(0, Math.min(2 * MOST, looked.size())));
    }

    /**
     * Splits problems at random: a share of them, at most 100, is held out, unless these are too few to tell anything.
     *
     * @param problems all problems
     * @param share share to hold out
     * @param seed where chance comes from
     */
    static TrainingProblems split(List<GuidedProblem> problems, double share, long seed) {
        int count = (int) Math.min(MOST, share * problems.size());
        if (count < FEWEST) {
            return new TrainingProblems(problems, List.of());
        }
        List<GuidedProblem> order = new ArrayList<>(problems);
        Collections.shuffle(order, new Random(RandomStreams.seed(seed, Purpose.HELD_OUT)));
        List<GuidedProblem> heldOut = List.copyOf(order.subList(0, count));
        // a question that stands twice in the table must not be on both sides
        Set<String> questions =
                heldOut.stream().map(item -> item.problem().question()).collect(Collectors.toSet());
        List<GuidedProblem> training = problems.stream()
                .filter(item -> !questions.contains(item.problem().question()))
                .toList();
        return training.isEmpty() ? new TrainingProblems(problems, List.of()) : new TrainingProblems(training, heldOut);
    }

    private static List<GuidedProblem> usable(
            List<GuidedProblem> problems,
            int longest,
            LanguageModel policy,
            PromptWriter writer,
            GrpoSettings settings,
            TrainingHistory history,
            Progress progress)
            throws CanceledJobException {
        problems.forEach(item -> requireAnswer(item.problem()));
        int reads = policy.config().maxPositions();
        int newTokens = settings.rollout().maxNewTokens();
        List<GuidedProblem> usable = progress
                .each(
                        problems,
                        item -> writer.longest(item).tokens().length <= longest
                                ? Optional.of(item)
                                : Optional.<GuidedProblem>empty())
                .stream()
                .flatMap(Optional::stream)
                .toList();
        if (problems.isEmpty()) {
            throw new EngineException("There is no problem to train on. Give a table with at least one row.");
        }
        if (usable.isEmpty()) {
            throw new EngineException(
                    ("No problem fits the model %s: prompt and %d new tokens together exceed the %d tokens that it"
                                    + " reads. Lower the maximum of new tokens, or shorten the questions, routes"
                                    + " and rules.")
                            .formatted(policy.name(), newTokens, reads));
        }
        int left = problems.size() - usable.size();
        if (left > 0) {
            history.warn(
                    ("%d of %d problems were left out: with the routes they may show and %d new tokens they exceed the"
                                    + " %d tokens that %s reads.")
                            .formatted(left, problems.size(), newTokens, reads, policy.name()));
        }
        return usable;
    }

    private static void requireAnswer(Problem problem) {
        if (!problem.hasAnswer()) {
            throw new EngineException(
                    ("Problem %s has no reference answer, so its completions cannot be rewarded. Give it an answer,"
                                    + " or filter it out.")
                            .formatted(problem.id()));
        }
    }

    /** Most tokens of a prompt with help. */
    int longestPrompt(PromptWriter writer, Progress progress) throws CanceledJobException {
        return Collections.max(
                progress.each(training, item -> writer.longest(item).tokens().length));
    }
}
