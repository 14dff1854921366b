package org.realm4knime.engine.train;

import java.util.Locale;
import java.util.Optional;
import org.realm4knime.engine.answer.Accuracy;

/**
 * How held-out problems that the model was taught before stand against the others.
 *
 * @param taught those that it was taught; empty if it was taught none of them
 * @param others the others; empty if there are none
 */
record TaughtBefore(Optional<Accuracy> taught, Optional<Accuracy> others) {

    /** A smaller share of the held-out problems says little about them. */
    private static final double MANY = 0.2;

    private static final String ALL = "All held-out problems were taught to the model by a training before this one.";
    private static final String BY_HEART = " So it knows them by heart, and can forget them without getting worse.";
    private static final String ADVICE =
            " New problems tell more: connect some that no node was trained on to the port" + " 'Held-out problems'.";

    /**
     * Counts.
     *
     * @param known which problems the model was taught
     * @param right which problems it answers rightly; as many
     */
    static TaughtBefore of(boolean[] known, boolean[] right) {
        return new TaughtBefore(accuracy(known, right, true), accuracy(known, right, false));
    }

    private static Optional<Accuracy> accuracy(boolean[] known, boolean[] right, boolean taught) {
        int total = 0;
        int correct = 0;
        for (int i = 0; i < known.length; i++) {
            if (known[i] == taught) {
                total++;
                correct += right[i] ? 1 : 0;
            }
        }
        return total == 0 ? Optional.empty() : Optional.of(new Accuracy(correct, total));
    }

    /** Whether the model does better on what it was taught, beyond chance: the 95 % intervals lie apart. */
    boolean byHeart() {
        return taught.isPresent()
                && others.isPresent()
                && taught.get().low() > others.get().high();
    }

    /** What to tell the user; empty if few held-out problems were taught. */
    Optional<String> message() {
        int untaught = others.map(Accuracy::total).orElse(0);
        return taught.filter(known -> known.total() >= MANY * (known.total() + untaught))
                .map(known ->
                        others.map(rest -> compared(known, rest)).orElse(ALL) + (byHeart() ? BY_HEART : "") + ADVICE);
    }

    private static String compared(Accuracy known, Accuracy rest) {
        return String.format(
                Locale.ROOT,
                "%d of the %d held-out problems were taught to the model by a training before this one."
                        + " It answers %.0f %% of these rightly, and %.0f %% of the others.",
                known.total(),
                known.total() + rest.total(),
                100 * known.value(),
                100 * rest.value());
    }
}
