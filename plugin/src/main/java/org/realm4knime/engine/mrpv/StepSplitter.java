package org.realm4knime.engine.mrpv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.realm4knime.engine.answer.Thoughts;

/**
 * Splits a chain of thought into steps: at line breaks, semicolons, ends of sentences, and before a step's label
 * ({@code Step 2:}). Decimal numbers, abbreviations and initials stay whole. What the model only thought
 * ({@link Thoughts}) is no step.
 */
public final class StepSplitter {

    /** A place where a step may end within a line; what comes before decides. */
    private static final Pattern END = endBefore("\\p{Lu}\\d\\p{Sc}");

    /** The same in a line that begins with a small letter: its writer may use no others. */
    private static final Pattern END_IN_SMALL_LETTERS = endBefore("\\p{L}\\d\\p{Sc}");

    private static final Pattern LABEL_ALONE = Pattern.compile("[\\s#>*\u2022-]*(?:[Ss]tep\\s+)?\\(?\\d{1,3}[.)]");

    /** Words whose full stop does not end a sentence even before a capital letter. */
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "vs", "eq", "fig", "e.g", "i.e", "z.b", "d.h", "bzw",
            "ca", "approx", "resp", "jr", "sr", "vol", "p", "pp", "al", "cf", "incl", "excl", "inkl", "exkl", "zzgl",
            "abzgl", "evtl", "ggf");

    private static final Pattern BEGINS_SMALL = Pattern.compile("\\P{L}*\\p{Ll}.*", Pattern.DOTALL);

    private StepSplitter() {}

    /** @param first characters that a sentence after this one may begin with, after quotation marks and the like */
    private static Pattern endBefore(String first) {
        return Pattern.compile("(?<semicolon>;)"
                + "|(?<stop>[.!?][\"'\u201D)\\]]?)(?=\\s+[\"'\u201C(\\[$*<]?[" + first + "])"
                + "|(?<label>\\s)(?=\\**[Ss]tep\\s+\\d{1,3}\\s*[.:)])");
    }

    /**
     * Splits a text.
     *
     * @param text a chain of thought
     * @return the steps as written, without the white space and semicolons around them; empty for a blank text
     */
    public static List<String> split(String text) {
        List<String> steps = new ArrayList<>();
        Thoughts.shown(text).lines().forEach(line -> splitLine(line, steps));
        return List.copyOf(steps);
    }

    private static void splitLine(String line, List<String> steps) {
        boolean small = BEGINS_SMALL.matcher(line).matches();
        Matcher end = (small ? END_IN_SMALL_LETTERS : END).matcher(line);
        int start = 0;
        while (end.find()) {
            String before = line.substring(start, end.end());
            if (end.group("stop") == null || endsSentence(before)) {
                add(end.group("semicolon") == null ? before : before.substring(0, before.length() - 1), steps);
                start = end.end();
            }
        }
        add(line.substring(start), steps);
    }

    private static boolean endsSentence(String sentence) {
        if (LABEL_ALONE.matcher(sentence).matches()) {
            return false;
        }
        if (!sentence.endsWith(".")) {
            return true;
        }
        int end = sentence.length() - 1;
        int start = end;
        while (start > 0 && (Character.isLetter(sentence.charAt(start - 1)) || sentence.charAt(start - 1) == '.')) {
            start--;
        }
        String last = sentence.substring(start, end);
        boolean initial = last.length() == 1 && Character.isUpperCase(last.charAt(0)) && !last.equals("I");
        return !initial && !ABBREVIATIONS.contains(last.toLowerCase(Locale.ROOT));
    }

    private static void add(String step, List<String> steps) {
        String stripped = step.strip();
        if (stripped.codePoints().anyMatch(Character::isLetterOrDigit)) {
            steps.add(stripped);
        }
    }
}
