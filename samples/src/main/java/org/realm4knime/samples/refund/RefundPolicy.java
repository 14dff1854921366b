package org.realm4knime.samples.refund;

import java.util.Random;
import java.util.Set;

/**
 * What a refund desk pays back. Late returns get nothing; else a broken item gets its price and something extra, a used
 * one half the price (where the policy says so), an item of a gold member its price, and any other its price less the
 * fee of its category. Prices are multiples of 20 and fees multiples of 5 percent, so every amount is a whole number.
 *
 * @param returnDays days within which an item may come back
 * @param silverExtraDays days that a silver member has beyond those
 * @param goldFree whether gold members pay no fee
 * @param brokenExtra amount paid on top of the price of a broken item
 * @param usedHalf whether a used item gets half its price, else the full price
 * @param electronicsFee percent kept from the price of electronics
 * @param homeFee percent kept from the price of home goods
 * @param clothingFee percent kept from the price of clothing
 */
record RefundPolicy(
        int returnDays,
        int silverExtraDays,
        boolean goldFree,
        int brokenExtra,
        boolean usedHalf,
        int electronicsFee,
        int homeFee,
        int clothingFee) {

    /** The policy of the desk that the quickstart is about. */
    static final RefundPolicy DESK = new RefundPolicy(30, 10, true, 5, true, 15, 10, 0);

    int fee(Category category) {
        return switch (category) {
            case ELECTRONICS -> electronicsFee;
            case HOME -> homeFee;
            case CLOTHING -> clothingFee;
        };
    }

    /** Days within which this customer may bring an item back. */
    int daysFor(Membership membership) {
        return returnDays + (membership == Membership.SILVER ? silverExtraDays : 0);
    }

    /** Any policy a desk might have, all choices equally likely. */
    static RefundPolicy any(Random random) {
        return new RefundPolicy(
                10 * (2 + random.nextInt(3)),
                10 * random.nextInt(2),
                random.nextBoolean(),
                5 * random.nextInt(3),
                random.nextBoolean(),
                5 * (1 + random.nextInt(4)),
                5 * random.nextInt(4),
                5 * random.nextInt(2));
    }

    /**
     * The policy that somebody who knows shops, but not this desk, would guess. Three rules of {@link #DESK} are nearly
     * unheard of ({@code rare}), so a model that was pretrained on such guesses does not come upon them by itself.
     *
     * @param rare probability of each rule that is peculiar to this desk, in [0, 1]
     */
    static RefundPolicy guess(Random random, double rare) {
        return new RefundPolicy(
                pick(random, new int[] {30, 20, 40}, 0.7, 0.15),
                random.nextDouble() < rare ? 10 : 0,
                random.nextDouble() < 0.1,
                pick(random, new int[] {5, 0, 10}, rare, 0.7),
                random.nextDouble() < 0.1,
                pick(random, new int[] {15, 10, 20, 5}, rare, 0.5, 0.35 - rare),
                pick(random, new int[] {10, 5, 15, 0}, 0.6, 0.2, 0.1),
                pick(random, new int[] {0, 5}, 0.8));
    }

    /** This policy where {@code rules} say so, and {@code other} elsewhere. */
    RefundPolicy where(Set<RefundRule> rules, RefundPolicy other) {
        return new RefundPolicy(
                (rules.contains(RefundRule.RETURN_DAYS) ? this : other).returnDays,
                (rules.contains(RefundRule.SILVER_DAYS) ? this : other).silverExtraDays,
                (rules.contains(RefundRule.GOLD_FEE) ? this : other).goldFree,
                (rules.contains(RefundRule.BROKEN_EXTRA) ? this : other).brokenExtra,
                (rules.contains(RefundRule.USED_PRICE) ? this : other).usedHalf,
                (rules.contains(RefundRule.ELECTRONICS_FEE) ? this : other).electronicsFee,
                (rules.contains(RefundRule.HOME_FEE) ? this : other).homeFee,
                (rules.contains(RefundRule.CLOTHING_FEE) ? this : other).clothingFee);
    }

    /** A value drawn with the given probabilities; the last value takes what is left. */
    private static int pick(Random random, int[] values, double... probabilities) {
        double u = random.nextDouble();
        for (int i = 0; i < probabilities.length; i++) {
            u -= probabilities[i];
            if (u < 0) {
                return values[i];
            }
        }
        return values[values.length - 1];
    }
}
