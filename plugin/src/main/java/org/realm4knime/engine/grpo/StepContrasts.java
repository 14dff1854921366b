package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.mrpv.Contrasts;
import org.realm4knime.engine.mrpv.RouteSteps;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.update.CrossEntropy;
import org.realm4knime.engine.update.RandomStreams;
import org.realm4knime.engine.update.RandomStreams.Purpose;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.TrainingWorker;
import org.realm4knime.engine.update.UpdatePart;

/**
 * Contrasts what right and wrong external routes say where they part. With D = log p(right step) - log p(wrong step),
 * both after the same tokens, the loss of a pair is
 *
 * <pre>L = -log sigmoid(beta D),</pre>
 *
 * the loss of direct preference optimization (DPO, Rafailov et al., 2023) on one step and without a reference model. As
 * dL / dD = -beta sigmoid(-beta D), a pair pulls at most with beta, and less the better it is told apart. This slope is
 * the same for all tokens of a step, so the gradient is that of a cross-entropy of this weight, with the other sign for
 * the wrong step.
 */
final class StepContrasts {

    private static final String NAME = "contrasted";
    private static final int STREAM = 1;

    /** Pairs of a problem that are drawn from: those that part early and cleanly. */
    private static final int PAIRS = 4;

    /**
     * The pairs of an update.
     *
     * @param part the steps, of positive and negative weight
     * @param lossSum the pairs' losses, without weight
     * @param weight of each pair's loss
     */
    record Contrasted(UpdatePart part, double lossSum, double weight) {

        int pairs() {
            return part.sequences().size() / 2;
        }
    }

    private final TextTokenizer tokenizer;
    private final PromptWriter writer;
    private final TrainingWorker worker;
    private final GrpoSettings settings;
    private final Map<String, List<VerifiedRoute>> routes = new HashMap<>();
    private final Map<String, List<StepPair>> pairs = new HashMap<>();

    /** Prepares the pairs of a training, which are of the routes that its problems have. */
    StepContrasts(
            List<GuidedProblem> problems,
            TextTokenizer tokenizer,
            PromptWriter writer,
            TrainingWorker worker,
            GrpoSettings settings) {
        this.tokenizer = tokenizer;
        this.writer = writer;
        this.worker = worker;
        this.settings = settings;
        problems.forEach(item -> routes.put(item.problem().id(), item.routes()));
    }

    /**
     * Of each group's problem one pair, drawn from its best. The loss is the mean over the groups.
     *
     * @param groups the groups of the update
     * @param step number of the step
     * @param epoch number of the epoch, from 0
     * @param miniBatch number of the mini-batch, from 0
     * @param progress asked whether to stop
     */
    Contrasted of(List<RolloutGroup> groups, int step, int epoch, int miniBatch, Progress progress)
            throws CanceledJobException {
        RouteTeaching teaching = settings.teaching().routes();
        double weight = teaching.contrastWeight() / groups.size();
        List<StepPair> drawn = weight == 0 ? List.of() : draw(groups, step, epoch, miniBatch);
        UpdatePart even = part(drawn.stream()
                .flatMap(pair -> Stream.of(pair.positive(), pair.negative()))
                .toList());
        return even.isEmpty()
                ? new Contrasted(even, 0, weight)
                : slopes(drawn, worker.logProbs(even, progress), weight, teaching.contrastBeta());
    }

    /**
     * Pairs with their slopes.
     *
     * @param pairs right and wrong steps
     * @param logProbs log-probability of each pair's right step, then of its wrong one
     * @param weight of each pair's loss
     */
    static Contrasted slopes(List<StepPair> pairs, double[] logProbs, double weight, double beta) {
        List<TrainingSequence> sequences = new ArrayList<>();
        double losses = 0;
        for (int i = 0; i < pairs.size(); i++) {
            double margin = beta * (logProbs[2 * i] - logProbs[2 * i + 1]);
            // log(1 + exp(-margin)) without overflow
            losses += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
            double slope = weight * beta / (1 + Math.exp(margin));
            sequences.add(pairs.get(i).positive().withWeight(slope));
            sequences.add(pairs.get(i).negative().withWeight(-slope));
        }
        return new Contrasted(part(sequences), losses, weight);
    }

    private static UpdatePart part(List<TrainingSequence> sequences) {
        return new UpdatePart(NAME, sequences, new CrossEntropy(), STREAM);
    }

    private List<StepPair> draw(List<RolloutGroup> groups, int step, int epoch, int miniBatch) {
        RandomGenerator random = RandomStreams.of(settings.run().seed(), Purpose.CONTRAST, step, epoch, miniBatch);
        List<StepPair> drawn = new ArrayList<>();
        for (RolloutGroup group : groups) {
            Problem problem = group.prompt().problem();
            List<StepPair> all = pairs.computeIfAbsent(problem.id(), id -> pairs(problem));
            if (!all.isEmpty()) {
                drawn.add(all.get(random.nextInt(all.size())));
            }
        }
        return drawn;
    }

    private List<StepPair> pairs(Problem problem) {
        int[] prompt = writer.plain(problem).tokens();
        List<VerifiedRoute> chosen = RouteSteps.judged(Objects.requireNonNull(routes.get(problem.id()))).stream()
                .filter(route ->
                        !route.positive() || settings.teaching().taught().accepts(route))
                .toList();
        return Contrasts.of(problem.id(), chosen, PAIRS).stream()
                .flatMap(contrast ->
                        StepPair.of(
                                prompt, contrast, tokenizer, settings.rollout().maxNewTokens())
                                .stream())
                .toList();
    }
}
