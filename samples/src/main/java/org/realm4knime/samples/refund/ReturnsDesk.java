package org.realm4knime.samples.refund;

import java.util.List;
import java.util.Random;
import org.realm4knime.samples.domain.Arithmetic;
import org.realm4knime.samples.domain.Convention;
import org.realm4knime.samples.domain.Domain;
import org.realm4knime.samples.domain.Expert;
import org.realm4knime.samples.domain.Policy;
import org.realm4knime.samples.domain.Task;

/**
 * A refund desk that is harder than the quickstart's: condition and fee of an item both count, so that most cases take
 * two rules. Nobody outside knows the fee for clothing. What a broken or used item of a silver member gets has to be
 * put together from experts of whom each knows one half.
 */
public final class ReturnsDesk implements Domain {

    private static final double PAIRS = 0.2;
    private static final double LATE_KEPT = 0.4;
    private static final double UNUSED_KEPT = 0.5;
    private static final double CANCELLED = 0.5;

    private record Return(RefundCase refund) implements Task {

        @Override
        public String question() {
            return refund.question();
        }

        @Override
        public int fold() {
            return refund.fold();
        }

        @Override
        public String reason(Policy policy, Arithmetic arithmetic) {
            return Settlement.text(refund, policy, arithmetic);
        }
    }

    @Override
    public String name() {
        return "refund-desk";
    }

    @Override
    public List<? extends Convention> conventions() {
        return List.of(Clause.values());
    }

    @Override
    public Task draw(Kind kind, Random random) {
        RefundCase refund;
        do {
            refund = drawAny(kind, random);
        } while (tooCommon(refund, random));
        return new Return(refund);
    }

    private static RefundCase drawAny(Kind kind, Random random) {
        return switch (kind) {
            case ORDINARY -> RefundCase.single(Product.choices(false), random);
            case HARDER ->
                random.nextBoolean()
                        ? RefundCase.pair(random)
                        : RefundCase.single(List.of(Product.CAMERA, Product.RUG, Product.HAT), random);
            case ANY ->
                random.nextDouble() < PAIRS
                        ? RefundCase.pair(random)
                        : RefundCase.single(Product.choices(true), random);
        };
    }

    /** Late returns and unused items ask for little, so only a part of them is kept. */
    private static boolean tooCommon(RefundCase refund, Random random) {
        boolean late = refund.days() > (refund.membership() == Membership.SILVER ? 40 : 30);
        boolean dropped = late && random.nextDouble() >= LATE_KEPT;
        return dropped || !late && refund.condition() == Condition.UNUSED && random.nextDouble() >= UNUSED_KEPT;
    }

    @Override
    public List<Expert> experts() {
        Policy desk = Policy.truth(conventions()).with(Clause.CLOTHING_FEE, 0);
        Policy hasty = desk.with(Clause.CONDITION_OVERLOOKED, 1);
        Policy careless =
                desk.with(Clause.SILVER_DAYS, 0).with(Clause.GOLD_FREE, 0).with(Clause.ELECTRONICS_FEE, 20);
        Policy guessing = desk.with(Clause.FEE_BY_PRICE, 1)
                .with(Clause.SILVER_DAYS, 0)
                .with(Clause.GOLD_FREE, 0)
                .with(Clause.BROKEN_EXTRA, 10);
        return Expert.of(CANCELLED, hasty, careless, guessing);
    }
}
