package org.realm4knime.samples.refund;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.realm4knime.samples.domain.Arithmetic;
import org.realm4knime.samples.refund.RefundCase.Item;

class ReasoningTest {

    @Test
    void everyRuleHasItsStep() {
        assertThat(settle(Membership.REGULAR, 12, Condition.UNUSED, new Item(Product.LAPTOP, 240)))
                .isEqualTo("12 days ok; electronics 15%; 240 - 36 = 204");
        assertThat(settle(Membership.SILVER, 35, Condition.UNUSED, new Item(Product.LAMP, 100)))
                .isEqualTo("35 days silver ok; home 10%; 100 - 10 = 90");
        assertThat(settle(Membership.GOLD, 31, Condition.UNUSED, new Item(Product.LAMP, 100)))
                .isEqualTo("31 days late; refund = 0");
        assertThat(settle(Membership.GOLD, 30, Condition.UNUSED, new Item(Product.LAMP, 100)))
                .isEqualTo("30 days ok; gold no fee; refund = 100");
        assertThat(settle(Membership.GOLD, 5, Condition.USED, new Item(Product.COAT, 60)))
                .isEqualTo("5 days ok; used half; 60 / 2 = 30");
        assertThat(settle(Membership.REGULAR, 5, Condition.BROKEN, new Item(Product.PHONE, 60)))
                .isEqualTo("5 days ok; broken 5 extra; 60 + 5 = 65");
        assertThat(settle(Membership.REGULAR, 5, Condition.UNUSED, new Item(Product.HAT, 60)))
                .isEqualTo("5 days ok; clothing 0%; refund = 60");
    }

    @Test
    void theRefundsOfTwoItemsAreAdded() {
        assertThat(settle(
                        Membership.SILVER,
                        9,
                        Condition.UNUSED,
                        new Item(Product.TABLET, 80),
                        new Item(Product.VASE, 40)))
                .isEqualTo("9 days ok; electronics 15%; 80 - 12 = 68; home 10%; 40 - 4 = 36; 68 + 36 = 104");
    }

    @Test
    void aSlipIsCarriedOn() {
        RefundCase refund = new RefundCase(
                Membership.REGULAR,
                List.of(new Item(Product.LAMP, 100), new Item(Product.HAT, 20)),
                9,
                Condition.UNUSED,
                0);
        assertThat(Reasoning.text(
                        refund,
                        RefundPolicy.DESK,
                        (left, operator, right) ->
                                Arithmetic.EXACT.result(left, operator, right) + (operator == '-' ? 1 : 0)))
                .isEqualTo("9 days ok; home 10%; 100 - 10 = 91; clothing 0%; refund = 20; 91 + 20 = 111");
    }

    @Test
    void otherPoliciesReasonTheSameWay() {
        RefundPolicy plain = new RefundPolicy(20, 0, false, 0, false, 5, 0, 5);
        RefundCase refund =
                new RefundCase(Membership.GOLD, List.of(new Item(Product.COAT, 60)), 20, Condition.BROKEN, 0);
        assertThat(Reasoning.text(refund, plain, Arithmetic.EXACT))
                .isEqualTo("20 days ok; broken 0 extra; refund = 60");
        refund = new RefundCase(Membership.GOLD, refund.items(), 20, Condition.USED, 0);
        assertThat(Reasoning.text(refund, plain, Arithmetic.EXACT)).isEqualTo("20 days ok; used all; refund = 60");
        refund = new RefundCase(Membership.GOLD, refund.items(), 20, Condition.UNUSED, 0);
        assertThat(Reasoning.text(refund, plain, Arithmetic.EXACT)).isEqualTo("20 days ok; clothing 5%; 60 - 3 = 57");
    }

    private static String settle(Membership membership, int days, Condition condition, Item... items) {
        return Reasoning.text(
                new RefundCase(membership, List.of(items), days, condition, 0), RefundPolicy.DESK, Arithmetic.EXACT);
    }
}
