package org.realm4knime.engine.problem;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the part of a completion that states the final answer. */
final class AnswerText {

    private static final Pattern ANSWER_IS = Pattern.compile(
            "(?i)\\b(?:answer|(?:correct|right|best)\\s+(?:option|choice))\\s*(?:is|equals|:|=)\\s*:?\\s*([^\\n]*)");
    private static final Pattern HASHES = Pattern.compile("####\\s*([^\\n]*)");
    private static final Pattern EMPHASIS = Pattern.compile("\\*\\*(?!\\d)|(?<!\\d)\\*\\*|__|`");

    private AnswerText() {}

    /**
     * What a completion marks as its answer, the surest mark first: the last {@code \boxed{}}, what follows the last
     * {@code ####}, what follows the last "the answer is" or "answer:" on its line.
     *
     * @param completion the whole text, without emphasis marks
     * @return the marked texts that are not blank, in that order
     */
    static List<String> marked(String completion) {
        return Stream.of(boxed(completion), last(HASHES, completion), last(ANSWER_IS, completion))
                .flatMap(Optional::stream)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /**
     * What follows the last equals sign.
     *
     * @param text any text
     * @return the rest of the text, or empty if there is no equals sign
     */
    static Optional<String> afterEquals(String text) {
        int equals = Math.max(text.lastIndexOf('='), text.lastIndexOf('\u2248'));
        return equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
    }

    /**
     * The last line that is not blank.
     *
     * @param text any text
     * @return the line, or empty if all are blank
     */
    static Optional<String> lastLine(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
    }

    /**
     * Takes out Markdown's emphasis, so that {@code **Answer:** 5} reads as {@code Answer: 5}. A power such as
     * {@code 2**3} stays.
     *
     * @param text any text
     * @return the text without emphasis marks
     */
    static String withoutEmphasis(String text) {
        return EMPHASIS.matcher(text).replaceAll("");
    }

    private static Optional<String> last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        String found = null;
        while (matcher.find()) {
            // the answer may stand on the next line
            found = matcher.group(1).isBlank() ? firstLine(text.substring(matcher.end())) : matcher.group(1);
        }
        return Optional.ofNullable(found);
    }

    private static String firstLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }

    private static Optional<String> boxed(String text) {
        int command = Math.max(text.lastIndexOf("\\boxed{"), text.lastIndexOf("\\fbox{"));
        if (command < 0) {
            return Optional.empty();
        }
        int open = text.indexOf('{', command);
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return Optional.of(text.substring(open + 1, i));
            }
        }
        return Optional.empty();
    }
}
