package org.realm4knime.engine.endpoint;

import java.util.Locale;

/**
 * What asking took.
 *
 * @param answered questions that were asked and answered
 * @param known questions whose answer was known from before
 * @param failed questions that got no answer
 * @param requests requests that were sent, those that failed and were sent again included
 * @param read tokens of the prompts of those that were answered
 * @param written tokens of their answers and thoughts
 */
public record Usage(long answered, long known, long failed, long requests, long read, long written) {

    static final Usage NOTHING = new Usage(0, 0, 0, 0, 0, 0);

    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;

    Usage plus(Usage more) {
        return new Usage(
                answered + more.answered,
                known + more.known,
                failed + more.failed,
                requests + more.requests,
                read + more.read,
                written + more.written);
    }

    /** One line for a person to read. */
    public String text(TokenPrices prices) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d requests, %s tokens (%s read, %s written)",
                requests,
                tokens(read + written),
                tokens(read),
                tokens(written)));
        if (prices.areGiven()) {
            text.append(", cost ").append(prices.cost(read, written));
        }
        if (known > 0) {
            text.append(String.format(Locale.ROOT, "; %,d answers were known from before", known));
        }
        if (failed > 0) {
            text.append(String.format(Locale.ROOT, "; %,d questions got no answer", failed));
        }
        return text.toString();
    }

    /**
     * What is to be asked, before it is asked.
     *
     * @param questions number of questions that are new
     * @param known number of those whose answer is known
     * @param read tokens of their prompts, roughly
     * @param longest most tokens of all answers together
     */
    static String estimate(long questions, long known, long read, long longest, TokenPrices prices) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "about %,d requests, at most %s tokens (%s to read)",
                questions,
                tokens(read + longest),
                tokens(read)));
        if (prices.areGiven()) {
            text.append(", cost at most ").append(prices.cost(read, longest));
        }
        if (known > 0) {
            text.append(String.format(Locale.ROOT, "; %,d answers are known from before", known));
        }
        return text.toString();
    }

    private static String tokens(long count) {
        if (count >= MILLION) {
            return String.format(Locale.ROOT, "%.1f M", count / MILLION);
        }
        return count >= 10 * THOUSAND
                ? String.format(Locale.ROOT, "%.0f k", count / THOUSAND)
                : String.format(Locale.ROOT, "%,d", count);
    }
}
