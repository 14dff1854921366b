package org.realm4knime.engine.problem;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the final answer that a worked solution of a data set marks. */
final class WorkedSolution {

    private static final Pattern HASHES = Pattern.compile("(?:^|\\s)####[ \\t]*(\\S[^\\n]*)");
    private static final Pattern BOX = Pattern.compile("\\\\f?box(?:ed)?\\s*(?=\\{)|\\\\boxed\\s+([^\\s$.,]+)");
    private static final Pattern STATED =
            Pattern.compile("(?i)\\b(?:the\\s+|final\\s+)*answer\\s*(?:is|:)\\s*:?\\s*(.+?)[\\s.*]*$");

    private static final Pattern CONCLUSION =
            Pattern.compile("(?i)\\S[.!\\n]\\s*(?:so |thus |therefore )?,?\\s*the (?:final )?answer is\\b[^\\n]+$");

    private WorkedSolution() {}

    /** What follows the last {@code ####} on its line. */
    static Optional<String> hashed(String solution) {
        return HASHES.matcher(solution)
                .results()
                .map(found -> found.group(1).strip())
                .reduce((a, b) -> b);
    }

    /** The text before the last {@code ####}. */
    static String beforeHashes(String solution) {
        return solution.substring(0, solution.lastIndexOf("####")).strip();
    }

    /** The content of the last {@code \boxed{}} or {@code \fbox{}} that is closed. */
    static Optional<String> boxed(String solution) {
        Matcher box = BOX.matcher(solution);
        Optional<String> last = Optional.empty();
        while (box.find()) {
            Optional<String> content = box.group(1) != null
                    ? Optional.of(box.group(1))
                    : braces(solution, solution.indexOf('{', box.end()));
            if (content.filter(text -> !text.isBlank()).isPresent()) {
                last = content.map(String::strip);
            }
        }
        return last;
    }

    private static Optional<String> braces(String text, int open) {
        int depth = 0;
        for (int i = open; i >= 0 && i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++; // \{ and \} are no braces of TeX
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return Optional.of(text.substring(open + 1, i));
            }
        }
        return Optional.empty();
    }

    /** What the last line says that the answer is, without the sentences behind it. */
    static Optional<String> stated(String solution) {
        String last = solution.strip().lines().reduce((a, b) -> b).orElse("");
        Matcher stated = STATED.matcher(last);
        Optional<String> found = Optional.empty();
        while (stated.find()) {
            found = Optional.of(
                    stated.group(1).split("\\.\\s+(?=\\p{Lu})", 2)[0].strip());
        }
        return found.filter(text -> !text.isEmpty());
    }

    /** Whether a text, however short, comes to its answer after other words: "2 + 3 = 5. The answer is 5." */
    static boolean concludes(String solution) {
        return CONCLUSION.matcher(solution.strip()).find();
    }

    /** The answer by the surest mark that there is. */
    static Optional<String> marked(String solution) {
        return hashed(solution).or(() -> boxed(solution)).or(() -> stated(solution));
    }
}
