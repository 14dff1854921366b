package org.realm4knime.engine.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into its sentences: at line breaks and after {@code . ! ?} before white space. */
final class Sentences {

    private static final Pattern END = Pattern.compile("[.!?]+[\"'\u201D\u2019)\\]]*(?=\\s|$)");
    private static final Pattern LABEL_ALONE = Pattern.compile("[\\s#>*\u2022-]*(?:[Ss]tep\\s+)?\\(?\\d{1,3}[.)]");
    private static final Pattern CLOSING = Pattern.compile("[.!]+[\"'\u201D\u2019]*$");

    /** Words whose full stop does not end a sentence. */
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "vs", "eq", "fig", "e.g", "i.e", "z.b", "d.h", "bzw",
            "ca", "approx", "resp", "jr", "sr", "vol", "pp", "cf", "a.m", "p.m", "u.s");

    /** Words whose full stop does not end a sentence in front of a figure: \u00A7 12 Abs. 3. */
    private static final Set<String> BEFORE_FIGURES =
            Set.of("abs", "art", "par", "sec", "rs", "fr", "lit", "ziff", "kap", "s", "p", "ch", "ex", "tab", "abb");

    private static final Pattern INITIAL = Pattern.compile("(?<!\\p{L})\\p{Lu}$");
    private static final Pattern TWO_INITIALS = Pattern.compile("\\p{Lu}\\.\\s\\p{Lu}");

    /** Behind a figure with a full stop, which is an ordinal then: the 14. Mai. */
    private static final Pattern MONTH =
            Pattern.compile("\\s(?:Jan|Feb|M\u00E4rz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)");

    /** A mark is not looked for in front of a word longer than this. */
    private static final int LONGEST_WORD = 12;

    /** Where a sentence comes to its conclusion. */
    static final Pattern CONCLUSION =
            Pattern.compile("(?i)[,;]\\s*(?=(?:and\\s+)?(?:so|thus|therefore|hence|which means)\\b)");

    private Sentences() {}

    /**
     * The sentences of a text.
     *
     * @param text any text
     * @return the sentences that are not blank, with their final marks, without the white space around them
     */
    static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        text.lines().forEach(line -> split(line, sentences));
        return sentences;
    }

    /**
     * The first sentence of a text that is not blank.
     *
     * @param text any text
     * @return the index after the end of its first sentence, white space before it included
     */
    static int endOfFirst(String text) {
        int from = 0;
        while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        int lineEnd = text.indexOf('\n', from);
        String line = text.substring(0, lineEnd < 0 ? text.length() : lineEnd);
        Matcher end = END.matcher(line);
        while (end.find()) {
            if (ends(line, from, end, false)) {
                return end.end();
            }
        }
        return line.length();
    }

    /**
     * Takes off the full stop or exclamation mark, with the quotes and brackets behind it.
     *
     * @param sentence a sentence
     * @return the sentence without its final mark
     */
    static String bare(String sentence) {
        Matcher closing = CLOSING.matcher(sentence);
        int from = Math.max(0, sentence.length() - LONGEST_WORD);
        return closing.region(from, sentence.length()).find() ? sentence.substring(0, closing.start()) : sentence;
    }

    /**
     * What a sentence comes to.
     *
     * @param sentence a sentence
     * @return its last clause that begins with so, thus, therefore or hence; the whole sentence if there is none
     */
    static String conclusion(String sentence) {
        String[] clauses = CONCLUSION.split(sentence);
        return clauses[clauses.length - 1];
    }

    private static void split(String line, List<String> sentences) {
        Matcher end = END.matcher(line);
        int start = 0;
        while (end.find()) {
            if (ends(line, start, end, true)) {
                add(line.substring(start, end.end()), sentences);
                start = end.end();
            }
        }
        add(line.substring(start), sentences);
    }

    private static boolean ends(String line, int start, Matcher end, boolean labels) {
        if (line.charAt(end.start()) != '.' || end.end() == line.length()) {
            return true;
        }
        if (labels
                && end.end() - start <= LONGEST_WORD
                && LABEL_ALONE.matcher(line.substring(start, end.end())).matches()) {
            return false;
        }
        boolean ordinal = end.start() > start
                && Character.isDigit(line.charAt(end.start() - 1))
                && MONTH.matcher(line).region(end.end(), line.length()).lookingAt();
        if (ordinal) {
            return false;
        }
        int word = end.start();
        while (word > start
                && end.start() - word < LONGEST_WORD
                && (Character.isLetter(line.charAt(word - 1)) || line.charAt(word - 1) == '.')) {
            word--;
        }
        String last = line.substring(word, end.start()).toLowerCase(Locale.ROOT);
        String rest = line.substring(end.end()).stripLeading();
        boolean figure = !rest.isEmpty() && Character.isDigit(rest.charAt(0));
        if (figure && BEFORE_FIGURES.contains(last) || initial(line, end.start(), rest)) {
            return false;
        }
        return !ABBREVIATIONS.contains(last) || last.endsWith(".m") && sentenceBegins(line, end.end());
    }

    /** Whether a full stop stands behind one of two initials: J. S. Bach. */
    private static boolean initial(String line, int stop, String rest) {
        String before = line.substring(Math.max(0, stop - 4), stop);
        boolean first = rest.length() > 1 && Character.isUpperCase(rest.charAt(0)) && rest.charAt(1) == '.';
        boolean second =
                TWO_INITIALS.matcher(before).matches() && !rest.isEmpty() && Character.isUpperCase(rest.charAt(0));
        return second || first && INITIAL.matcher(before).find();
    }

    private static boolean sentenceBegins(String line, int index) {
        String rest = line.substring(index, Math.min(line.length(), index + LONGEST_WORD))
                .strip();
        return !rest.isEmpty() && Character.isUpperCase(rest.charAt(0));
    }

    private static void add(String sentence, List<String> sentences) {
        String stripped = sentence.strip();
        if (!stripped.isEmpty()) {
            sentences.add(stripped);
        }
    }
}
