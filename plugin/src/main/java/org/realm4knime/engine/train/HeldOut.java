package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.train.RandomStreams.Purpose;

/** Problems that a training answers greedily to see what the model can do; mostly such as it does not train on. */
final class HeldOut {

    /** Fewer say too little, and the training needs its problems more. */
    private static final int FEWEST = 8;

    private static final int MOST = 100;

    private final List<GuidedProblem> problems;
    private final PromptWriter writer;
    private final Generator generator;
    private final LanguageModel model;
    private final AnswerChecker checker;
    private final SamplingSettings sampling;

    /**
     * Held-out problems of a training.
     *
     * @param problems the problems, with the routes that a prompt with help shows; may be empty
     * @param writer writes the prompts
     * @param generator answers
     * @param model the model in training
     * @param checker judges
     * @param maxNewTokens longest answer, in tokens
     */
    HeldOut(
            List<GuidedProblem> problems,
            PromptWriter writer,
            Generator generator,
            LanguageModel model,
            AnswerChecker checker,
            int maxNewTokens) {
        this.problems = problems;
        this.writer = writer;
        this.generator = generator;
        this.model = model;
        this.checker = checker;
        sampling = SamplingSettings.greedy(maxNewTokens);
    }

    /**
     * Problems to train on and problems to hold out.
     *
     * @param training the former
     * @param heldOut the latter
     */
    record Split(List<GuidedProblem> training, List<GuidedProblem> heldOut) {}

    /**
     * Splits problems at random: a share of them, at most 100, is held out, unless these are too few to tell anything.
     *
     * @param problems all problems
     * @param share share to hold out
     * @param seed where chance comes from
     */
    static Split split(List<GuidedProblem> problems, double share, long seed) {
        int count = (int) Math.min(MOST, share * problems.size());
        if (count < FEWEST) {
            return new Split(problems, List.of());
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
        return training.isEmpty() ? new Split(problems, List.of()) : new Split(training, heldOut);
    }

    /** At most as many problems as are worth their time: the first ones. */
    static List<GuidedProblem> limited(List<GuidedProblem> problems) {
        return problems.subList(0, Math.min(2 * MOST, problems.size()));
    }

    int size() {
        return problems.size();
    }

    /** Id of one of the problems, by its number. */
    String id(int number) {
        return problems.get(number).problem().id();
    }

    /** Whether any of the problems has routes or rules that a prompt can show. */
    boolean hasHelp() {
        return problems.stream().anyMatch(item -> writer.full(item).helped());
    }

    /** Which problems are answered rightly without help. */
    boolean[] alone(Progress progress) throws CanceledJobException {
        return answer(
                problems.stream().map(item -> writer.plain(item.problem())).toList(), progress);
    }

    /** Which problems are answered rightly with all routes and rules that a prompt may show. */
    boolean[] withHelp(Progress progress) throws CanceledJobException {
        return answer(problems.stream().map(item -> writer.full(item).text()).toList(), progress);
    }

    private boolean[] answer(List<String> prompts, Progress progress) throws CanceledJobException {
        List<List<Completion>> completions = generator.generate(prompts, 1, sampling, progress);
        boolean[] right = new boolean[prompts.size()];
        for (int i = 0; i < right.length; i++) {
            Problem problem = problems.get(i).problem();
            Completion completion = completions.get(i).get(0);
            String solution =
                    Verification.parse(model.promptFormat(), completion.text()).solution();
            right[i] = checker.extractRight(solution, completion.truncated(), problem.answer())
                    .isPresent();
        }
        return right;
    }
}
