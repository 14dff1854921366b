package org.realm4knime.samples.refund;

import java.util.ArrayList;
import java.util.List;
import org.realm4knime.samples.domain.Arithmetic;
import org.realm4knime.samples.domain.Verdicts;

/**
 * Chain of thought that settles a case under a policy: steps separated by semicolons, the last ending in {@code =
 * amount}. An {@link Arithmetic} decides whether the sums are right.
 */
final class Reasoning {

    private final RefundPolicy policy;
    private final Arithmetic arithmetic;
    private final List<String> steps = new ArrayList<>();

    private Reasoning(RefundPolicy policy, Arithmetic arithmetic) {
        this.policy = policy;
        this.arithmetic = arithmetic;
    }

    /** The chain of thought as one text, for example {@code 12 days ok; electronics 15%; 240 - 36 = 204}. */
    static String text(RefundCase refund, RefundPolicy policy, Arithmetic arithmetic) {
        return String.join("; ", new Reasoning(policy, arithmetic).steps(refund));
    }

    /** What the policy pays for the case. */
    static int amount(RefundCase refund, RefundPolicy policy) {
        return Verdicts.answer(text(refund, policy, Arithmetic.EXACT));
    }

    private List<String> steps(RefundCase refund) {
        int days = refund.days();
        if (days > policy.daysFor(refund.membership())) {
            steps.add(days + " days late");
            steps.add("refund = 0");
            return steps;
        }
        steps.add(days + (days > policy.returnDays() ? " days silver ok" : " days ok"));
        List<Integer> amounts = new ArrayList<>();
        for (RefundCase.Item item : refund.items()) {
            amounts.add(settle(refund, item));
        }
        if (amounts.size() > 1) {
            calculate(amounts.get(0), '+', amounts.get(1));
        }
        return steps;
    }

    private int settle(RefundCase refund, RefundCase.Item item) {
        int price = item.price();
        if (refund.condition() == Condition.BROKEN) {
            steps.add("broken " + policy.brokenExtra() + " extra");
            return policy.brokenExtra() == 0 ? keep(price) : calculate(price, '+', policy.brokenExtra());
        }
        if (refund.condition() == Condition.USED) {
            steps.add(policy.usedHalf() ? "used half" : "used all");
            return policy.usedHalf() ? calculate(price, '/', 2) : keep(price);
        }
        if (policy.goldFree() && refund.membership() == Membership.GOLD) {
            steps.add("gold no fee");
            return keep(price);
        }
        Category category = item.product().category();
        int percent = policy.fee(category);
        steps.add(category.word() + " " + percent + "%");
        return percent == 0 ? keep(price) : calculate(price, '-', price * percent / 100);
    }

    private int keep(int price) {
        steps.add("refund = " + price);
        return price;
    }

    private int calculate(int left, char operator, int right) {
        int result = arithmetic.result(left, operator, right);
        steps.add(left + " " + operator + " " + right + " = " + result);
        return result;
    }
}
