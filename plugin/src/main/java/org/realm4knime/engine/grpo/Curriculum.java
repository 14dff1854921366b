package org.realm4knime.engine.grpo;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.train.ShuffledEpochs;
import org.realm4knime.engine.update.RandomStreams;
import org.realm4knime.engine.update.RandomStreams.Purpose;

/** Draws the problems of a step, and what their prompts show. */
final class Curriculum {

    private final List<GuidedProblem> problems;
    private final PromptWriter writer;
    private final SolvedAlone solved;
    private final GuidanceSettings guidance;
    private final long seed;
    private final ShuffledEpochs order;

    Curriculum(List<GuidedProblem> problems, PromptWriter writer, SolvedAlone solved, GrpoSettings settings) {
        this.problems = problems;
        this.writer = writer;
        this.solved = solved;
        guidance = settings.guidance();
        seed = settings.run().seed();
        order = new ShuffledEpochs(problems.size(), seed, Purpose.ORDER);
    }

    /**
     * The prompts of a step.
     *
     * @param step number of the step, from 1
     * @param count how many
     * @param rate guidance rate
     */
    List<TrainingPrompt> draw(int step, int count, double rate) {
        List<GuidedProblem> drawn = IntStream.range(0, count)
                .mapToObj(i -> problems.get(order.at((step - 1L) * count + i)))
                .toList();
        return show(drawn, RandomStreams.of(seed, Purpose.GUIDANCE, step, 0), rate);
    }

    /** Prompts in the place of others of a step. */
    List<TrainingPrompt> drawMore(int step, int count, double rate) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.ORDER, step, 1);
        List<GuidedProblem> drawn = IntStream.range(0, count)
                .mapToObj(i -> problems.get(random.nextInt(problems.size())))
                .toList();
        return show(drawn, RandomStreams.of(seed, Purpose.GUIDANCE, step, 1), rate);
    }

    private List<TrainingPrompt> show(List<GuidedProblem> items, RandomGenerator random, double rate) {
        int guided = guided(items.size(), random);
        return IntStream.range(0, items.size())
                .mapToObj(i -> i < guided
                        ? items.get(i)
                        : GuidedProblem.of(items.get(i).problem()))
                .map(item -> writer.draw(item, solved.rate(item.problem().id(), rate), random))
                .toList();
    }

    /** How many of some prompts may show routes: their share, rounded up or down at random. */
    private int guided(int prompts, RandomGenerator random) {
        double share = guidance.guidedShare() * prompts;
        int whole = (int) share;
        return whole == share ? whole : whole + (random.nextDouble() < share - whole ? 1 : 0);
    }
}
