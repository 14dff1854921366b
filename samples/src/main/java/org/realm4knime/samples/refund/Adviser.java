package org.realm4knime.samples.refund;

import java.util.Random;
import org.realm4knime.samples.domain.Arithmetic;

/**
 * An outside adviser with a systematic fault, after whom an external model of the quickstart is trained. No adviser
 * knows the fee of electronics and can subtract too: that rule has to be put together from a wrong route and right
 * arithmetic.
 */
enum Adviser {
    /** Overlooks that an item is used or broken, and believes that electronics cost 10 percent. */
    HASTY(new RefundPolicy(30, 10, true, 5, true, 10, 10, 0), 0.1, 0.1),
    /** Takes every customer for a regular one, and guesses the fee of electronics. */
    STRICT(new RefundPolicy(30, 0, false, 5, true, 20, 10, 0), 0.1, 0.1),
    /** Knows the rules, but forgets to borrow when subtracting. */
    CARELESS(RefundPolicy.DESK, 0.95, 0.1);

    private final RefundPolicy policy;
    private final double subtractionSlips;
    private final double otherSlips;

    Adviser(RefundPolicy policy, double subtractionSlips, double otherSlips) {
        this.policy = policy;
        this.subtractionSlips = subtractionSlips;
        this.otherSlips = otherSlips;
    }

    /** The adviser's chain of thought. */
    String reason(RefundCase refund, Random random) {
        RefundCase seen = this == HASTY
                ? new RefundCase(refund.membership(), refund.items(), refund.days(), Condition.UNUSED, refund.wording())
                : refund;
        Arithmetic careless = Arithmetic.withoutCarrying();
        return Reasoning.text(seen, policy, (left, operator, right) -> {
            boolean minus = operator == '-';
            if (random.nextDouble() >= (minus ? subtractionSlips : otherSlips)) {
                return Arithmetic.EXACT.result(left, operator, right);
            }
            return minus && this == CARELESS
                    ? careless.result(left, operator, right)
                    : Arithmetic.slip(Arithmetic.EXACT.result(left, operator, right), random);
        });
    }
}
