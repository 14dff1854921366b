package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;

/** Finds words of the data that a model's tokenizer does not know: a model can neither read nor write them. */
public final class UnknownWords {

    /** Below this share a word is a slip of the pen, above it the tokenizer is of another domain. */
    private static final double MANY = 0.01;

    private static final int MOST_TEXTS = 2_000;
    private static final int EXAMPLES = 4;

    private UnknownWords() {}

    /**
     * A warning, if many words are unknown.
     *
     * @param model whose tokenizer it is
     * @param what what the texts are called, in the plural
     * @param texts the data, of which the first few thousand are looked at
     * @param progress asked before each text whether to stop
     * @return share, examples and what to do; empty if all is well
     */
    public static Optional<String> warning(LanguageModel model, String what, Stream<String> texts, Progress progress)
            throws CanceledJobException {
        Map<String, Boolean> known = new HashMap<>();
        Map<String, Integer> unknown = new LinkedHashMap<>();
        long words = 0;
        for (String text : texts.limit(MOST_TEXTS).toList()) {
            progress.checkCanceled();
            for (String word : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
                words++;
                if (!known.computeIfAbsent(word, w -> model.tokenizer().knows(w))) {
                    unknown.merge(word, 1, Integer::sum);
                }
            }
        }
        long missing = unknown.values().stream().mapToLong(Integer::longValue).sum();
        return missing <= MANY * words ? Optional.empty() : Optional.of(message(model, what, unknown, missing, words));
    }

    private static String message(
            LanguageModel model, String what, Map<String, Integer> unknown, long missing, long words) {
        List<Map.Entry<String, Integer>> byFrequency = new ArrayList<>(unknown.entrySet());
        byFrequency.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
        String examples = byFrequency.stream()
                .map(entry -> entry.getKey().replaceAll("^[^\\p{L}\\p{N}]+(?=.)|(?<=.)[^\\p{L}\\p{N}]+$", ""))
                .distinct()
                .limit(EXAMPLES)
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(", "));
        return ("%s %% of the words of the %s, such as %s, are unknown to the tokenizer of %s%s, so that the model"
                                + " can neither read nor")
                        .formatted(
                                percent(missing, words),
                                what,
                                examples,
                                model.name(),
                                model.tokenizer().unknownRead())
                + " write them. Take a model whose tokenizer knows them, or make a new one with a tokenizer of your"
                + " texts (Language Model Reader: Source 'New model', Tokenizer 'Byte pairs (BPE) of the texts',"
                + " and your tables at Texts ports).";
    }

    private static String percent(long part, long whole) {
        double percent = 100.0 * part / whole;
        return percent < 10 ? String.format(Locale.ROOT, "%.1f", percent) : String.valueOf(Math.round(percent));
    }
}
