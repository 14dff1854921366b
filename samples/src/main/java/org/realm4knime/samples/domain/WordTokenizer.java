package org.realm4knime.samples.domain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.realm4knime.engine.model.tokenizer.TokenizerFiles;

/**
 * A tokenizer for tiny models of made-up domains: a word, a digit or a punctuation mark is a token, together with the
 * space before it (written {@code ▁}), so that decoding gives the text back character by character. Written as Hugging
 * Face files.
 */
public final class WordTokenizer {

    private static final String SPACE = TokenizerFiles.SPACE;
    private static final String PIECE = SPACE + "?(?:[A-Za-z]+|[0-9]|[^A-Za-z0-9" + SPACE + "])";

    private WordTokenizer() {}

    /**
     * Every token, special ones first, then digits and punctuation, then the words in alphabetical order.
     *
     * @param texts in which every word occurs, after a space or not, as it will
     */
    public static List<String> vocabulary(List<TrainingText> texts) {
        List<String> tokens =
                new ArrayList<>(List.of(TokenizerFiles.EOS, TokenizerFiles.PAD, TokenizerFiles.UNKNOWN, SPACE));
        for (String mark : "0 1 2 3 4 5 6 7 8 9 + - * / = % ; : , . | ?".split(" ")) {
            tokens.add(mark);
            tokens.add(SPACE + mark);
        }
        SortedSet<String> words = new TreeSet<>();
        for (TrainingText text : texts) {
            words.addAll(pieces(text.prompt()));
            words.addAll(pieces(text.completion()));
        }
        words.removeAll(tokens);
        tokens.addAll(words);
        return tokens;
    }

    /** The pieces that the tokenizer splits a text into. */
    static List<String> pieces(String text) {
        return Pattern.compile(PIECE)
                .matcher(SPACE + text.replace(" ", SPACE))
                .results()
                .map(r -> r.group())
                .toList();
    }

    /**
     * Writes tokenizer.json, tokenizer_config.json and special_tokens_map.json.
     *
     * @param directory folder that exists
     * @param texts see {@link #vocabulary}
     */
    public static void write(Path directory, List<TrainingText> texts) throws IOException {
        TokenizerFiles.writeWords(directory, vocabulary(texts), PIECE, Map.of("model_max_length", 512));
    }
}
