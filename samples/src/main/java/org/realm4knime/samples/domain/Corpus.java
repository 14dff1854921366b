package org.realm4knime.samples.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts that models are pretrained on before they meet a domain's problems. No task that is kept for tests is among
 * them.
 */
final class Corpus {

    private static final double SLIPS = 0.03;
    private static final double ROUTE_SLIPS = 0.15;
    private static final double RULE_WRITTEN = 0.6;
    private static final double COPIED = 0.35;
    private static final int MOST_ROUTES = 3;
    private static final int RULES_ONE_IN = 4;

    private final Domain domain;
    private final Random random;

    Corpus(Domain domain, Random random) {
        this.domain = domain;
        this.random = random;
    }

    /** What an expert writes. */
    TrainingText advised(Expert.Fault fault) {
        Task task = Split.drawUnreserved(domain, random);
        Expert expert = domain.experts().get(fault.ordinal());
        return new TrainingText(prompt(List.of(), task, List.of()), expert.reason(task, random));
    }

    /** A task settled by guess. */
    TrainingText guessed() {
        Task task = Split.drawUnreserved(domain, random);
        return new TrainingText(prompt(List.of(), task, List.of()), task.reason(guess(), slipping(SLIPS)));
    }

    /** A task settled by a policy of which some rules stand in the prompt; the others are guessed. */
    TrainingText ruled() {
        Task task = Split.drawUnreserved(domain, random);
        Set<Convention> written = someRules();
        Policy policy = any().where(written, guess());
        return new TrainingText(
                prompt(sentences(written, policy), task, List.of()), task.reason(policy, slipping(SLIPS)));
    }

    /**
     * A task with up to three routes in the prompt, mostly three. The solution is one of them, or goes by what several
     * of them go by, here one and there another, and now and then by a guess of its own. In every fourth such text some
     * rules stand in the prompt as well, and the solution follows these whatever the routes say.
     */
    TrainingText routed() {
        Task task = Split.drawUnreserved(domain, random);
        int count = Math.min(MOST_ROUTES, 1 + random.nextInt(5));
        List<Policy> policies = Stream.generate(this::any).limit(count).toList();
        List<String> routes = policies.stream()
                .map(policy -> task.reason(policy, slipping(ROUTE_SLIPS)))
                .collect(Collectors.toCollection(ArrayList::new));
        Set<Convention> written = random.nextInt(RULES_ONE_IN) == 0 ? someRules() : Set.of();
        Policy stated = any();
        String solution;
        if (written.isEmpty() && random.nextDouble() < COPIED) {
            solution = routes.get(random.nextInt(count));
        } else {
            List<Policy> sources = new ArrayList<>(policies);
            sources.addAll(policies);
            sources.add(guess());
            solution = task.reason(stated.where(written, Policy.mixed(sources, random)), slipping(SLIPS));
        }
        Collections.shuffle(routes, random);
        return new TrainingText(
                prompt(sentences(written, stated), task, routes),
                Verdicts.of(routes, solution) + " solution " + solution);
    }

    private Policy any() {
        return Policy.any(domain.conventions(), random);
    }

    private Policy guess() {
        return Policy.guess(domain.conventions(), random);
    }

    private Arithmetic slipping(double share) {
        return Arithmetic.slipping(share, random);
    }

    private Set<Convention> someRules() {
        return domain.conventions().stream()
                .filter(c -> c.spoken() && random.nextDouble() < RULE_WRITTEN)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private List<String> sentences(Set<Convention> written, Policy policy) {
        List<String> sentences = domain.conventions().stream()
                .filter(written::contains)
                .map(c -> c.sentence(policy.of(c)))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(sentences, random);
        return sentences;
    }

    /** The compact prompt of the tiny models: rules, question, routes, colon. */
    static String prompt(List<String> rules, Task task, List<String> routes) {
        StringBuilder prompt = new StringBuilder();
        rules.forEach(rule -> prompt.append(rule).append(' '));
        prompt.append(task.question());
        routes.forEach(route -> prompt.append(" | ").append(route));
        return prompt.append(" :").toString();
    }
}
