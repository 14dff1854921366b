package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.mrpv.Contrasts;
import org.realm4knime.engine.mrpv.RouteSteps;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.mrpv.VerifierSettings;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.train.RandomStreams.Purpose;

/** What external routes teach beyond being shown; see {@link RouteTeaching}. */
final class ExternalRoutes {

    /** Pairs of a problem that are drawn from: those that part early and cleanly. */
    private static final int PAIRS = 4;

    private final TextTokenizer tokenizer;
    private final PromptWriter writer;
    private final GrpoSettings settings;
    private final RouteTeaching teaching;
    private final Map<String, List<VerifiedRoute>> routes = new HashMap<>();
    private final Map<String, List<StepPair>> pairs = new HashMap<>();

    ExternalRoutes(List<GuidedProblem> problems, TextTokenizer tokenizer, PromptWriter writer, GrpoSettings settings) {
        this.tokenizer = tokenizer;
        this.writer = writer;
        this.settings = settings;
        teaching = settings.teaching();
        problems.forEach(item -> routes.put(item.problem().id(), item.routes()));
    }

    /**
     * A right route as a further member of a group without shown routes.
     *
     * @param prompt what the group was asked
     * @param random where chance comes from
     * @return the route as if the policy had written it and ended; empty if the draw or the routes give none. Routes longer
     *     than a completion may be are passed over
     */
    Optional<Completion> member(TrainingPrompt prompt, RandomGenerator random) {
        if (teaching.offPolicyShare() == 0 || prompt.guided() || random.nextDouble() >= teaching.offPolicyShare()) {
            return Optional.empty();
        }
        List<Completion> right = routes.get(prompt.problem().id()).stream()
                .filter(settings.taught()::accepts)
                .map(verified -> verified.route().text())
                .map(text -> {
                    int[] tokens = tokenizer.encode(text);
                    return new Completion(tokens, new float[tokens.length + 1], text, false);
                })
                .filter(route -> route.tokens().length < settings.maxNewTokens())
                .toList();
        return right.isEmpty() ? Optional.empty() : Optional.of(right.get(random.nextInt(right.size())));
    }

    /**
     * The steps to contrast in an update: of each group's problem one pair, drawn from its best.
     *
     * @param groups the groups of the update
     * @param keys what the draw depends on: step and update
     * @return the contrast, whose loss is the mean over the groups; null if it is switched off
     */
    StepContrast contrast(List<RolloutGroup> groups, long... keys) {
        if (teaching.contrastWeight() == 0) {
            return null;
        }
        RandomGenerator random = RandomStreams.of(settings.seed(), Purpose.CONTRAST, keys);
        List<StepPair> drawn = new ArrayList<>();
        for (RolloutGroup group : groups) {
            List<StepPair> all = pairs.computeIfAbsent(
                    group.prompt().problem().id(), id -> pairs(group.prompt().problem()));
            if (!all.isEmpty()) {
                drawn.add(all.get(random.nextInt(all.size())));
            }
        }
        return new StepContrast(drawn, teaching.contrastWeight() / groups.size(), teaching.contrastBeta());
    }

    private List<StepPair> pairs(Problem problem) {
        int[] prompt = tokenizer.encode(writer.plain(problem));
        List<VerifiedRoute> judged = RouteSteps.judged(
                routes.get(problem.id()), VerifierSettings.defaults().smoothing());
        List<VerifiedRoute> chosen = judged.stream()
                .filter(route -> !route.positive() || settings.taught().accepts(route))
                .toList();
        return Contrasts.of(problem.id(), chosen, PAIRS).stream()
                .flatMap(contrast -> StepPair.of(prompt, contrast, tokenizer, settings.maxNewTokens()).stream())
                .toList();
    }
}
