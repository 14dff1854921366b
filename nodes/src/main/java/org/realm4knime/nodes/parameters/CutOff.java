package org.realm4knime.nodes.parameters;

import java.util.Locale;
import java.util.Optional;

/** The warning that texts were cut off at the token limit. */
public final class CutOff {

    private CutOff() {}

    /**
     * The warning.
     *
     * @param texts what they are called, for example {@code answers}
     * @param cut how many were cut off
     * @param all how many there are
     * @param maxNewTokens the limit
     * @return the warning with the share, or empty if none was cut off
     */
    public static Optional<String> warning(String texts, long cut, int all, int maxNewTokens) {
        return cut == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%d of %d %s were cut off after %d tokens (%.1f %%). A text that is cut off has no answer,"
                                + " unless it marked and ended it before. Raise 'Maximum new tokens' to let the model"
                                + " finish.",
                        cut,
                        all,
                        texts,
                        maxNewTokens,
                        100.0 * cut / all));
    }
}
