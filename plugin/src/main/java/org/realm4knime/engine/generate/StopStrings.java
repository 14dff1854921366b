package org.realm4knime.engine.generate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.realm4knime.engine.model.TextTokenizer;

/**
 * Ends rows whose text contains one of some strings. A string may lie across tokens, and begin or end within one.
 *
 * @param strings the strings; may be empty
 * @param tokenizer of the model
 */
record StopStrings(List<String> strings, TextTokenizer tokenizer) {

    /** Bytes of a character in UTF-8, each of which may be a token. */
    private static final int TOKENS_PER_CHARACTER = 4;

    /**
     * Ends a row with the first token that completes a string.
     *
     * @param row the row
     * @param checked number of its tokens that are known to complete none
     */
    void check(Row row, int checked) {
        int[] tokens = row.tokens();
        if (strings.isEmpty() || tokens.length <= checked || !tail(tokens, checked)) {
            return;
        }
        for (int length = checked + 1; length <= tokens.length; length++) {
            Optional<String> found = first(tokenizer.decode(Arrays.copyOf(tokens, length)));
            if (found.isPresent()) {
                row.stop(length, found.get());
                return;
            }
        }
    }

    /** Whether a string may end after the checked tokens: decodes as little as that takes, not the whole text. */
    private boolean tail(int[] tokens, int checked) {
        int longest = strings.stream().mapToInt(String::length).max().orElseThrow();
        int from = Math.max(0, checked - TOKENS_PER_CHARACTER * longest);
        return first(tokenizer.decode(Arrays.copyOfRange(tokens, from, tokens.length)))
                .isPresent();
    }

    /** The string that a text contains before any other. */
    Optional<String> first(String text) {
        return strings.stream().filter(text::contains).min(Comparator.comparingInt(text::indexOf));
    }
}
