package org.realm4knime.headless.serve;

import java.util.List;
import org.realm4knime.engine.model.TextTokenizer;

/**
 * The text of a completion in pieces. What may still change is held back: half a character, and what may become a stop
 * string.
 */
final class TextStream {

    private static final char HALF_CHARACTER = '\uFFFD';

    private final TextTokenizer tokenizer;
    private final List<String> stopStrings;
    private int sent;
    private int tokensSent;

    TextStream(TextTokenizer tokenizer, List<String> stopStrings) {
        this.tokenizer = tokenizer;
        this.stopStrings = stopStrings;
    }

    /** Number of the first token that was in no piece; the next piece is of those up to the given number. */
    int firstToken(int tokens) {
        int first = Math.min(tokensSent, tokens);
        tokensSent = tokens;
        return first;
    }

    /** The next piece of a completion that goes on after these tokens; may be empty. */
    String piece(int[] tokens) {
        String text = tokenizer.decode(tokens);
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == HALF_CHARACTER) {
            end--;
        }
        for (String stop : stopStrings) {
            end = Math.min(end, beginOf(stop, text));
        }
        return upTo(text, end);
    }

    /** Where a stop string begins that the text ends in the midst of; the text's length if nowhere. */
    private static int beginOf(String stop, String text) {
        for (int length = Math.min(stop.length(), text.length()); length > 0; length--) {
            if (text.endsWith(stop.substring(0, length))) {
                return text.length() - length;
            }
        }
        return text.length();
    }

    /** The last piece. */
    String rest(String whole) {
        return upTo(whole, whole.length());
    }

    private String upTo(String text, int end) {
        String piece = text.substring(Math.min(sent, end), end);
        sent = Math.max(sent, end);
        return piece;
    }
}
