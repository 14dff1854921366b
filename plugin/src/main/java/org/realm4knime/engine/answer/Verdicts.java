package org.realm4knime.engine.answer;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Marks behind which people state a label: "Verdict: ...", "I would rate this car as ...", an arrow. What stands behind
 * the mark is the statement, and a justification after it is none: "Verdict: acc. The comfort is good."
 */
final class Verdicts {

    /** A verdict, wherever it stands. */
    private static final Pattern VERDICT = Pattern.compile("(?im)"
            + "(?:^|[.;,!]\\s|\\b(?:my|the|our|final|overall)\\s)[ \\t]*"
            + "(?:verdict|decision|(?:final |overall )?rating|classification|recommendation|conclusion|category"
            + "|judge?ment|(?:final|overall) (?:result|label|class|grade)|therefore|hence"
            + "|urteil|entscheidung|ergebnis|daher|d\u00E9cision|conclusi\u00F3n|decisi\u00F3n)"
            + "[ \\t]*(?::|->|=>|[\u2192\u21D2]|\\bis\\b:?)[ \\t]*"
            + "|\\b(?:rate|rated|classify|classified|grade|graded|judge|judged|deem|label)"
            + "\\s[^.,;:\\n]{0,40}?\\bas\\s+");

    /** A conclusion, which counts at the end alone: steps have such marks as well. */
    private static final Pattern CONCLUSION =
            Pattern.compile("(?i)(?:->|=>|[\u2192\u21D2]|(?:^|[.;,]\\s)(?:so|thus|result|outcome):)\\s*");

    private Verdicts() {}

    /**
     * What stands behind the last verdict of a text.
     *
     * @param text a text without a mark of {@link AnswerMarks}
     * @return its first sentence, with the next one if that takes it back; empty if there is no verdict
     */
    static Optional<String> last(String text) {
        return VERDICT.matcher(text)
                .results()
                .reduce((first, second) -> second)
                .map(MatchResult::end)
                .filter(end -> !text.substring(end).isBlank())
                .map(end -> {
                    int sentence = end + Sentences.endOfFirst(text.substring(end));
                    return Doubt.withRetraction(text.substring(end, sentence).strip(), text, sentence);
                });
    }

    /** What stands behind the last conclusion of a sentence; empty if it draws none. */
    static Optional<String> conclusion(String sentence) {
        return CONCLUSION
                .matcher(sentence)
                .results()
                .reduce((first, second) -> second)
                .map(last -> sentence.substring(last.end()));
    }
}
