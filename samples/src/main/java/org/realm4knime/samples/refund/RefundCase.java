package org.realm4knime.samples.refund;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A return brought to the refund desk: one item, or two that were bought together.
 *
 * @param membership kind of customer
 * @param items one or two items
 * @param days days since purchase, 1 to 45
 * @param condition state of the items
 * @param wording which of the {@link #WORDINGS} ways of telling the case is used
 */
record RefundCase(Membership membership, List<Item> items, int days, Condition condition, int wording) {

    /** Number of ways to tell a case. */
    static final int WORDINGS = 4;

    /** Longest time since purchase that a case has. */
    static final int MAX_DAYS = 45;

    private static final int PRICE_STEP = 20;

    /** Share of the cases that is kept for testing, one in so many. */
    private static final int RESERVED_ONE_IN = 7;

    /** A product and its price, a multiple of 20. */
    record Item(Product product, int price) {}

    /** A case with one item among {@code products}. Prices go from 40 to 400. */
    static RefundCase single(List<Product> products, Random random) {
        return draw(List.of(item(products, 2, 20, random)), random);
    }

    /** A case with two different items. Prices go from 20 to 200, so that totals stay in the range of single prices. */
    static RefundCase pair(Random random) {
        List<Product> products = new ArrayList<>(Product.choices(true));
        Item first = item(products, 1, 10, random);
        products.remove(first.product());
        return draw(List.of(first, item(products, 1, 10, random)), random);
    }

    private static Item item(List<Product> products, int lowest, int highest, Random random) {
        Product product = products.get(random.nextInt(products.size()));
        return new Item(product, PRICE_STEP * (lowest + random.nextInt(highest - lowest + 1)));
    }

    private static RefundCase draw(List<Item> items, Random random) {
        Membership[] memberships = Membership.values();
        // three of five items come back unused
        int state = random.nextInt(5);
        Condition condition = state < 3 ? Condition.UNUSED : state == 3 ? Condition.USED : Condition.BROKEN;
        return new RefundCase(
                memberships[random.nextInt(memberships.length)],
                items,
                1 + random.nextInt(MAX_DAYS),
                condition,
                random.nextInt(WORDINGS));
    }

    /**
     * Whether this case belongs to testing. It depends on customer, products, prices, condition and whether the case is
     * older than 30 days, not on the wording or the exact day: a test case is not a training case told otherwise.
     */
    boolean reserved() {
        return fold() == 0;
    }

    /** Which of {@link #RESERVED_ONE_IN} parts the case belongs to, by what {@link #reserved()} says. */
    int fold() {
        int hash = membership.ordinal() * 3 + condition.ordinal();
        hash = 2 * hash + (days > RefundPolicy.DESK.returnDays() ? 1 : 0);
        for (Item item : items) {
            hash = (hash * 31 + item.product().ordinal()) * 101 + item.price() / PRICE_STEP;
        }
        return Math.floorMod((hash * 0x9E3779B1) >>> 8, RESERVED_ONE_IN);
    }

    boolean hasHeldOutProduct() {
        return items.stream().anyMatch(i -> i.product().heldOut());
    }

    /** The case in words. */
    String question() {
        return items.size() == 1 ? tellSingle(items.get(0)) : tellPair(items.get(0), items.get(1));
    }

    private String tellSingle(Item item) {
        String product = item.product().word();
        Object[] facts = {membership.word(), product, item.price(), days, condition.word()};
        return switch (wording) {
            case 0 -> "A %1$s member returns a %2$s priced %3$d after %4$d days, it is %5$s.".formatted(facts);
            case 1 -> "The %2$s cost %3$d and is %5$s; the %1$s member bought it %4$d days ago.".formatted(facts);
            case 2 ->
                "I am a %1$s member and bring back my %2$s after %4$d days. I paid %3$d, it is %5$s.".formatted(facts);
            default -> "Return request, %1$s member, %2$s at %3$d, held %4$d days, condition %5$s.".formatted(facts);
        };
    }

    private String tellPair(Item a, Item b) {
        Object[] facts = {
            membership.word(), a.product().word(), a.price(), b.product().word(), b.price(), days, condition.word()
        };
        return switch (wording) {
            case 0 ->
                "A %1$s member returns a %2$s priced %3$d and a %4$s priced %5$d after %6$d days, both are %7$s."
                        .formatted(facts);
            case 1 ->
                "The %2$s cost %3$d and the %4$s cost %5$d, both are %7$s; the %1$s member bought them %6$d days ago."
                        .formatted(facts);
            case 2 ->
                ("I am a %1$s member and bring back my %2$s and my %4$s after %6$d days. I paid %3$d and %5$d, both"
                                + " are %7$s.")
                        .formatted(facts);
            default ->
                "Return request, %1$s member, %2$s at %3$d and %4$s at %5$d, held %6$d days, condition %7$s."
                        .formatted(facts);
        };
    }
}
