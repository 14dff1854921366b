package org.realm4knime.samples.refund;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A case read back from its words: what a reader of the question, who knows nothing of the generator, gets from it. */
public record ToldCase(String membership, List<String> products, List<Integer> prices, int days, String condition) {

    private static final Set<String> ELECTRONICS = Set.of("laptop", "phone", "tablet", "camera");
    private static final Set<String> HOME = Set.of("lamp", "chair", "vase", "rug");
    private static final Pattern PRODUCT =
            Pattern.compile("laptop|phone|tablet|camera|lamp|chair|vase|rug|coat|dress|shirt|hat");

    public static ToldCase of(String question) {
        List<String> products = new ArrayList<>();
        Matcher product = PRODUCT.matcher(question);
        while (product.find()) {
            products.add(product.group());
        }
        int days = Integer.parseInt(first("(?:after|held|them|it) (\\d+) days", question));
        List<Integer> prices = new ArrayList<>();
        Matcher number = Pattern.compile("\\d+").matcher(question.replaceAll("\\d+ days", "days"));
        while (number.find()) {
            prices.add(Integer.parseInt(number.group()));
        }
        return new ToldCase(
                first("(regular|silver|gold)", question),
                products,
                prices,
                days,
                first("\\b(unused|used|broken)\\b", question));
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("nothing like " + pattern + " in: " + text);
        }
        return matcher.group(1);
    }

    /** What the desk pays, worked out in cents of the price rather than step by step. */
    int refund() {
        if (days > 40 || days > 30 && !membership.equals("silver")) {
            return 0;
        }
        int cents = 0;
        for (int i = 0; i < products.size(); i++) {
            cents += prices.get(i) * share(products.get(i)) + (condition.equals("broken") ? 500 : 0);
        }
        return cents / 100;
    }

    /** What the returns desk pays: condition first, then the fee, both in percent of what is left. */
    public int returned() {
        if (days > 40 || days > 30 && !membership.equals("silver")) {
            return 0;
        }
        int amount = 0;
        for (int i = 0; i < products.size(); i++) {
            int worth = prices.get(i) * (condition.equals("used") ? 50 : 100) + (condition.equals("broken") ? 2000 : 0);
            int kept = membership.equals("gold") ? 0 : fee(products.get(i));
            amount += worth * (100 - kept) / 10_000;
        }
        return amount;
    }

    private static int fee(String product) {
        return ELECTRONICS.contains(product) ? 30 : HOME.contains(product) ? 10 : 20;
    }

    private int share(String product) {
        if (condition.equals("broken")) {
            return 100;
        }
        if (condition.equals("used")) {
            return 50;
        }
        if (membership.equals("gold")) {
            return 100;
        }
        return ELECTRONICS.contains(product) ? 85 : HOME.contains(product) ? 90 : 100;
    }

    /** What must not be the same in a training and a test case. */
    public String combination() {
        return membership + products + prices + condition + (days > 30);
    }
}
