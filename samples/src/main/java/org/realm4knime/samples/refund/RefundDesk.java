package org.realm4knime.samples.refund;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.samples.domain.TrainingText;

/**
 * The domain of the quickstart: cases of a shop's refund desk, made up but told as a clerk would tell them. Everything
 * comes from a seed, so the same call gives the same cases.
 */
public final class RefundDesk {

    /** Most problems that one call gives, so that it finds enough different ones quickly. */
    public static final int MAX_PROBLEMS = 5000;

    /** Part of the cases. No case is in two of them. */
    public enum Split {
        /** Cases with one item, for training. */
        TRAIN,
        /** Cases with one item, in other combinations of customer, product, price, condition and lateness. */
        TEST,
        /**
         * Cases of kinds that training does not have, half each: products that no training case mentions, and two items
         * in one return, whose refunds have to be added.
         */
        HARDER;

        RefundCase draw(Random random) {
            boolean pair = this == HARDER && random.nextBoolean();
            RefundCase refund;
            do {
                refund = pair ? RefundCase.pair(random) : RefundCase.single(Product.choices(this == HARDER), random);
            } while (!holds(refund));
            return refund;
        }

        private boolean holds(RefundCase refund) {
            return switch (this) {
                case TRAIN -> !refund.reserved();
                case TEST -> refund.reserved();
                case HARDER -> refund.reserved() && (refund.items().size() > 1 || refund.hasHeldOutProduct());
            };
        }

        String domain() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private RefundDesk() {}

    /**
     * Problems with the refund that the desk pays as answer. They have no rationale: a desk's books hold what was paid,
     * not why. The domain of a problem is the name of its split in lower case.
     *
     * @param split part of the cases
     * @param count number of problems, 1 to {@link #MAX_PROBLEMS}
     * @param seed same seed, same problems
     * @return problems with different questions
     */
    public static List<Problem> problems(Split split, int count, long seed) {
        check(count, MAX_PROBLEMS);
        Random random = new Random(seed);
        Set<String> questions = new HashSet<>();
        List<Problem> problems = new ArrayList<>();
        while (problems.size() < count) {
            RefundCase refund = split.draw(random);
            if (questions.add(refund.question())) {
                String id = "%s-%04d".formatted(split.domain(), questions.size());
                String answer = Integer.toString(Reasoning.amount(refund, RefundPolicy.DESK));
                problems.add(new Problem(id, refund.question(), answer, null, split.domain()));
            }
        }
        return problems;
    }

    /** The rules that stand in the desk's handbook. Three more are followed, but written nowhere. */
    public static List<Rule> rules() {
        return Arrays.stream(RefundRule.values())
                .filter(RefundRule::written)
                .map(rule -> new Rule(rule.id(), rule.sentence(RefundPolicy.DESK), null))
                .toList();
    }

    /**
     * Texts to pretrain one of the quickstart's models on.
     *
     * @param corpus for which model
     * @param count number of texts, at least 1
     * @param seed same seed, same texts
     */
    public static List<TrainingText> corpus(Corpus corpus, int count, long seed) {
        check(count, Integer.MAX_VALUE);
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(i -> corpus.text(i, random)).toList();
    }

    private static void check(int count, int most) {
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("Count " + count + " is not between 1 and " + most + ".");
        }
    }
}
