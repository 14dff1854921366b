package org.realm4knime.engine.answer;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a model's text that states its answer; the one place where this is decided, for every kind of answer.
 *
 * <p>Thoughts ({@link Thoughts}), calculator annotations such as {@code <<48/2=24>>} and Markdown's emphasis are taken
 * out first. Of what is left the strongest mark that occurs decides alone, and of that mark the last: see {@link Mark}.
 * What stands in it is the answer, even if it is not of the kind that was asked for.
 *
 * @param text the part: what stands in the mark, of prose its first sentence; without a mark the whole text
 * @param mark how it is marked
 * @param ended whether the mark was ended, so that nothing that might have followed can change the answer
 */
public record AnswerRegion(String text, Mark mark, boolean ended) {

    /** The marks, the strongest first. */
    public enum Mark {
        /** {@code <answer>...</answer>} */
        TAG,
        /** {@code \boxed{...}} */
        BOX,
        /** The field {@code answer} of a JSON object. */
        FIELD,
        /** {@code #### ...} */
        HASHES,
        /** {@code Answer: ...} */
        LINE,
        /** {@code A: ...} on the last line. */
        LAST_LINE,
        /** "The (final) answer (to ...) is ...", or "should be", "would be". */
        STATEMENT,
        /** None: the last sentence that holds a candidate states the answer. */
        NONE;

        /** Whether a full stop after the answer ends a sentence rather than being part of it. */
        boolean prose() {
            return compareTo(FIELD) > 0;
        }
    }

    private static final Pattern ANNOTATION = Pattern.compile("<<[^<>\\n]*=[^<>\\n]*>>");
    /** What may be raised to a power: a digit, a closing bracket, a letter that is a variable. */
    private static final String BASE = "[\\d)\\]]|(?<![\\p{L}\\d]|\\*\\*)[A-Za-z]";
    /** Two asterisks between a base and an exponent, the base not being in bold type: {@code x**2}, {@code 3 ** x}. */
    private static final String POWER = "(?:(?<=" + BASE + ")(?<!(?:^|[^\\p{L}\\d)\\]*])\\*\\*[^*\\n]{0,60})\\*\\*"
            + "|(?<=(?:" + BASE + ") )\\*\\* )(?:-?[\\d(]|[A-Za-z](?!\\p{L}))";

    private static final Pattern EMPHASIS = Pattern.compile("(?!" + POWER + ")(?:\\*\\*(?!\\d)|(?<!\\d)\\*\\*)|`");
    /** Underscores in pairs around words; others may be cells of a grid. */
    private static final Pattern UNDERLINED =
            Pattern.compile("(?<![\\p{L}\\p{N}_])__(?=[^_\\s])([^_\\n]{1,400})(?<=[^_\\s])__(?![\\p{L}\\p{N}_])");

    private static final Pattern ITALIC =
            Pattern.compile("(?<![\\p{L}\\p{N}*)])\\*([\\p{L}\\p{N}(][^*\\n]{0,80}?)\\*(?![\\p{L}\\p{N}*])");
    /** HTML's emphasis around a word or a line; a tag that is not closed may be the answer. */
    private static final Pattern HTML =
            Pattern.compile("<(b|strong|i|em|u|mark|code|span|p|div|center|h[1-6])(?:\\s[^<>]{0,80})?>([^<>]*)</\\1>");
    /** Tags around a whole solution, which mark nothing by themselves. */
    private static final Pattern WRAPPER = Pattern.compile(
            "</?(?:solution|output|response|result|final|conclusion)>|<\\|(?:begin|end)_of_solution\\|>",
            Pattern.CASE_INSENSITIVE);

    /** Checks the values. */
    public AnswerRegion {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(mark, "mark");
    }

    /**
     * Finds the part that states the answer.
     *
     * @param completion everything the model wrote
     * @param truncated whether it met the token limit: then only an answer whose mark was ended counts
     * @return the part; empty if there is none: a blank text, a thought that never ends, a mark that was cut off
     */
    public static Optional<AnswerRegion> of(String completion, boolean truncated) {
        return Thoughts.without(completion)
                .map(AnswerRegion::withoutDecoration)
                .filter(text -> !text.isBlank())
                .map(text -> AnswerMarks.strongest(text, Mark.TAG)
                        .orElseGet(() -> new AnswerRegion(AnswerMarks.withoutThatOfAnother(text), Mark.NONE, false)))
                .filter(region -> !region.text().isBlank())
                .filter(region -> region.ended() || !truncated);
    }

    /**
     * Whether the model marked its answer.
     *
     * @return false if the answer is to be looked for in the last sentences
     */
    boolean marked() {
        return mark != Mark.NONE;
    }

    private static String withoutDecoration(String text) {
        String plain = ANNOTATION.matcher(text).replaceAll("");
        plain = EMPHASIS.matcher(plain).replaceAll("");
        plain = UNDERLINED.matcher(plain).replaceAll("$1");
        plain = HTML.matcher(plain).replaceAll("$2");
        plain = ITALIC.matcher(plain).replaceAll("$1");
        return WRAPPER.matcher(plain).replaceAll("\n");
    }
}
