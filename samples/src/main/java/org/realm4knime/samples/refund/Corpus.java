package org.realm4knime.samples.refund;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.realm4knime.samples.domain.Arithmetic;
import org.realm4knime.samples.domain.TrainingText;
import org.realm4knime.samples.domain.Verdicts;

/**
 * Texts that the quickstart's models are pretrained on before the quickstart begins. No reserved case (see
 * {@link RefundCase#reserved()}) is among them.
 */
public enum Corpus {
    /**
     * For the base model, a third each: cases settled by guess; cases settled by a policy of which some rules stand in
     * the prompt; cases with up to three routes in the prompt, mostly three, of which one is judged right and taken
     * over.
     */
    BASE {
        @Override
        TrainingText text(int index, Random random) {
            return switch (index % 3) {
                case 0 -> guessed(random);
                case 1 -> ruled(random);
                default -> routed(random);
            };
        }
    },
    /** For the external model that overlooks the condition of an item. */
    HASTY {
        @Override
        TrainingText text(int index, Random random) {
            return advised(Adviser.HASTY, random);
        }
    },
    /** For the external model that ignores membership. */
    STRICT {
        @Override
        TrainingText text(int index, Random random) {
            return advised(Adviser.STRICT, random);
        }
    },
    /** For the external model that subtracts wrong. */
    CARELESS {
        @Override
        TrainingText text(int index, Random random) {
            return advised(Adviser.CARELESS, random);
        }
    };

    private static final double PAIRS = 0.25;
    private static final double SLIPS = 0.05;
    private static final double RARE_RULE = 0.02;
    private static final double RULE_WRITTEN = 0.6;
    private static final int MOST_ROUTES = 3;

    /** The text at {@code index} of the corpus. */
    abstract TrainingText text(int index, Random random);

    private static TrainingText advised(Adviser adviser, Random random) {
        RefundCase refund = draw(random);
        return new TrainingText(prompt(List.of(), refund, List.of()), adviser.reason(refund, random));
    }

    private static TrainingText guessed(Random random) {
        RefundCase refund = draw(random);
        return new TrainingText(
                prompt(List.of(), refund, List.of()), reason(refund, RefundPolicy.guess(random, RARE_RULE), random));
    }

    private static TrainingText ruled(Random random) {
        RefundCase refund = draw(random);
        RefundPolicy any = RefundPolicy.any(random);
        Set<RefundRule> written = someRules(random);
        RefundPolicy policy = any.where(written, RefundPolicy.guess(random, RARE_RULE));
        return new TrainingText(prompt(sentences(written, policy), refund, List.of()), reason(refund, policy, random));
    }

    private static TrainingText routed(Random random) {
        RefundCase refund = draw(random);
        Set<RefundRule> written = random.nextInt(4) == 0 ? someRules(random) : EnumSet.noneOf(RefundRule.class);
        RefundPolicy policy = RefundPolicy.any(random);
        String solution = reason(refund, policy, random);
        List<String> routes = new ArrayList<>();
        int others = Math.min(MOST_ROUTES - 1, random.nextInt(5));
        for (int i = 0; i < others; i++) {
            routes.add(reason(refund, RefundPolicy.any(random), random));
        }
        routes.add(random.nextInt(others + 1), solution);
        return new TrainingText(
                prompt(sentences(written, policy), refund, routes),
                Verdicts.of(routes, solution) + " solution " + solution);
    }

    private static RefundCase draw(Random random) {
        RefundCase refund;
        do {
            refund = random.nextDouble() < PAIRS
                    ? RefundCase.pair(random)
                    : RefundCase.single(Product.choices(true), random);
        } while (refund.reserved());
        return refund;
    }

    private static String reason(RefundCase refund, RefundPolicy policy, Random random) {
        return Reasoning.text(refund, policy, Arithmetic.slipping(SLIPS, random));
    }

    private static Set<RefundRule> someRules(Random random) {
        Set<RefundRule> rules = EnumSet.noneOf(RefundRule.class);
        for (RefundRule rule : RefundRule.values()) {
            if (random.nextDouble() < RULE_WRITTEN) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static List<String> sentences(Set<RefundRule> rules, RefundPolicy policy) {
        return rules.stream().map(rule -> rule.sentence(policy)).toList();
    }

    /** The compact prompt of the tiny models: rules, question, routes, colon. */
    static String prompt(List<String> rules, RefundCase refund, List<String> routes) {
        StringBuilder prompt = new StringBuilder();
        rules.forEach(rule -> prompt.append(rule).append(' '));
        prompt.append(refund.question());
        routes.forEach(route -> prompt.append(" | ").append(route));
        return prompt.append(" :").toString();
    }
}
