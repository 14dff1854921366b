package org.realm4knime.engine.problem;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text reduced to what counts when answers in words are compared. */
final class NormalizedText {

    private static final Pattern NOT_IN_NUMBER = Pattern.compile("(?<!\\d)[.,]|[.,](?!\\d)");
    private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{M}\\p{N}.,%+\\-]+|(?<![\\s])[-+](?=\\s|$)");
    private static final Pattern HYPHEN = Pattern.compile("(?<=\\p{L})-(?=\\p{L})");
    private static final Pattern ARTICLE = Pattern.compile("\\b(?:a|an|the)\\b(?=\\s+\\S)");

    private NormalizedText() {}

    /**
     * Lower case, compatible characters unified, without punctuation, articles and doubled spaces. Points and commas
     * inside numbers stay.
     *
     * @param text any text
     * @return the reduced text
     */
    static String of(String text) {
        String lower =
                Normalizer.normalize(MathText.plain(text), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String words = HYPHEN.matcher(lower).replaceAll(" ");
        words = PUNCTUATION.matcher(words).replaceAll(" ");
        words = NOT_IN_NUMBER.matcher(words).replaceAll(" ");
        words = ARTICLE.matcher(words).replaceAll(" ");
        return words.strip().replaceAll("\\s+", " ");
    }
}
