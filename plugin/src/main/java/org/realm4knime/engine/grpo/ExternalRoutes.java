package org.realm4knime.engine.grpo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.mrpv.VerifiedRoute;

/** Right external routes as further members of groups without shown routes (LUFFY, Yan et al., 2025). */
final class ExternalRoutes {

    private final TextTokenizer tokenizer;
    private final GrpoSettings settings;
    private final Map<String, List<VerifiedRoute>> routes = new HashMap<>();

    ExternalRoutes(List<GuidedProblem> problems, TextTokenizer tokenizer, GrpoSettings settings) {
        this.tokenizer = tokenizer;
        this.settings = settings;
        problems.forEach(item -> routes.put(item.problem().id(), item.routes()));
    }

    /**
     * A right route as a further member of a group.
     *
     * @param prompt what the group was asked
     * @param random where chance comes from
     * @return the route as if the policy had written it and ended; empty if the draw or the routes give none. Routes
     *     longer than a completion may be are passed over
     */
    Optional<Rollout> member(TrainingPrompt prompt, RandomGenerator random) {
        double share = settings.teaching().routes().offPolicyShare();
        if (share == 0 || prompt.guided() || random.nextDouble() >= share) {
            return Optional.empty();
        }
        List<VerifiedRoute> all =
                Objects.requireNonNull(routes.get(prompt.problem().id()));
        List<Rollout> right = all.stream()
                .filter(settings.teaching().taught()::accepts)
                .map(verified -> rollout(prompt, verified.route().text()))
                .filter(route -> route.tokens().length <= settings.rollout().maxNewTokens())
                .toList();
        return right.isEmpty() ? Optional.empty() : Optional.of(right.get(random.nextInt(right.size())));
    }

    private Rollout rollout(TrainingPrompt prompt, String text) {
        int[] tokens = tokenizer.encode(text);
        int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
        ended[tokens.length] = tokenizer.eosId();
        return new Rollout.External(prompt.tokens(), ended, text);
    }
}
