package org.realm4knime.samples.refund;

import java.util.ArrayList;
import java.util.List;
import org.realm4knime.samples.domain.Arithmetic;
import org.realm4knime.samples.domain.Policy;

/**
 * Chain of thought that settles a case at the {@link ReturnsDesk}: lateness, then for each item its condition and its
 * fee.
 */
final class Settlement {

    private final RefundCase refund;
    private final Policy policy;
    private final Arithmetic arithmetic;
    private final List<String> steps = new ArrayList<>();

    private Settlement(RefundCase refund, Policy policy, Arithmetic arithmetic) {
        this.refund = refund;
        this.policy = policy;
        this.arithmetic = arithmetic;
    }

    /** For example {@code 12 days ok; used half; 240 / 2 = 120; electronics 30%; 120 - 36 = 84}. */
    static String text(RefundCase refund, Policy policy, Arithmetic arithmetic) {
        return String.join("; ", new Settlement(refund, policy, arithmetic).steps());
    }

    private List<String> steps() {
        int days = refund.days();
        int ordinary = policy.of(Clause.RETURN_DAYS);
        int silver = refund.membership() == Membership.SILVER ? policy.of(Clause.SILVER_DAYS) : 0;
        if (days > ordinary + silver) {
            steps.add(days + " days late");
            steps.add("refund = 0");
            return steps;
        }
        steps.add(days + (days > ordinary ? " days silver ok" : " days ok"));
        List<Integer> amounts = refund.items().stream().map(this::settle).toList();
        if (amounts.size() > 1) {
            calculate(amounts.get(0), '+', amounts.get(1));
        }
        return steps;
    }

    private int settle(RefundCase.Item item) {
        int amount = lessFee(item, worth(item));
        if (!steps.get(steps.size() - 1).contains("=")) {
            steps.add("refund = " + amount);
        }
        return amount;
    }

    private int worth(RefundCase.Item item) {
        if (policy.of(Clause.CONDITION_OVERLOOKED) == 1 || refund.condition() == Condition.UNUSED) {
            return item.price();
        }
        if (refund.condition() == Condition.USED) {
            boolean half = policy.of(Clause.USED_HALF) == 1;
            steps.add(half ? "used half" : "used all");
            return half ? calculate(item.price(), '/', 2) : item.price();
        }
        int extra = policy.of(Clause.BROKEN_EXTRA);
        steps.add("broken " + extra + " extra");
        return extra == 0 ? item.price() : calculate(item.price(), '+', extra);
    }

    private int lessFee(RefundCase.Item item, int worth) {
        if (refund.membership() == Membership.GOLD && policy.of(Clause.GOLD_FREE) == 1) {
            steps.add("gold no fee");
            return worth;
        }
        boolean byPrice = policy.of(Clause.FEE_BY_PRICE) == 1;
        int percent = byPrice ? feeByPrice(item.price()) : fee(item.product().category());
        steps.add((byPrice ? "price" : item.product().category().word()) + " " + percent + "%");
        return percent == 0 ? worth : calculate(worth, '-', arithmetic.percentage(worth, percent));
    }

    private int fee(Category category) {
        return policy.of(
                switch (category) {
                    case ELECTRONICS -> Clause.ELECTRONICS_FEE;
                    case HOME -> Clause.HOME_FEE;
                    case CLOTHING -> Clause.CLOTHING_FEE;
                });
    }

    /** What seems fair to somebody who does not know the fees: the dearer, the more. */
    private static int feeByPrice(int price) {
        return price <= 140 ? 10 : price <= 280 ? 20 : 30;
    }

    private int calculate(int left, char operator, int right) {
        int result = arithmetic.result(left, operator, right);
        steps.add(left + " " + operator + " " + right + " = " + result);
        return result;
    }
}
