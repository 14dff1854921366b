package org.realm4knime.engine.answer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers that name one of several choices by its letter or number. Two different letters are no choice. */
record ChoiceChecker() implements AnswerChecker {

    private static final String LEAD =
            "^[\\s\"'\u201C*#$>-]*(?i:(?:the\\s+)?(?:correct\\s+|right\\s+|best\\s+|final\\s+)?"
                    + "(?:option|choice|answer|letter)\\s*(?:is\\s*)?:?\\s*)?";

    /** No letter of a script with spaces between words; in the others a label follows a word directly. */
    private static final String APART =
            "(?<![\\p{L}\\d'\u2019.&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]])";

    private static final String NO_WORD = "(?![\\p{L}\\d'\u2019]|-\\w|\\s?[<>^*]\\s?[\\p{L}\\d])";
    /** Behind A or I this says that it is the letter. */
    private static final String IS_RIGHT =
            "\\s+(?:is|are|was|must be)\\s+(?:the\\s+)?(?:correct|right|best|true|answer)\\b";

    /** What is set aside: "B, not A or C". */
    private static final Pattern ANOTHER =
            Pattern.compile("\\(?[A-Z]\\)?(?:(?:,|\\s(?:or|and|nor))\\s\\(?[A-Z]\\)?){0,5}");

    /** A and I may be words: they count alone, before a punctuation mark, or before a reason. */
    private static final Pattern LABEL = Pattern.compile(LEAD
            + "(?:[(\\[]\\s?([A-Za-z]|\\d{1,2})\\s?[)\\]]|([B-HJ-Z])" + NO_WORD
            + "|([AI])(?=\\s+(?:because|since|as|for|with)\\b|" + IS_RIGHT
            + "|\\s*[,;])|([A-Za-z])(?=[).:](?!\\p{L}))|([A-Za-z])(?=\\W*$)|(\\d{1,2})(?=[).:](?!\\d)|\\W*$))");

    /** A letter in brackets, a named option, a letter that is no word by itself. */
    private static final Pattern ANYWHERE =
            Pattern.compile("[(\\[]\\s?([A-Za-z])\\s?[)\\]]|\\b(?:[Oo]ption|[Cc]hoice)\\s+\\(?([A-Z])\\b"
                    + "|" + APART + "(?<![\\p{L}\\d]\\s?[<>^*]\\s?)([B-HJ-Z]|[AI](?=[).:/]|\\s*\\W*$|\\s+(?:or|and)\\b|"
                    + IS_RIGHT
                    + "|,))" + NO_WORD);

    /** A line of a list of options. */
    private static final Pattern OPTION = Pattern.compile("^\\s*[-*]?\\s*\\(?([A-Za-z])[).:]\\s");

    private static final Pattern ALONE = Pattern.compile("\\W{0,4}[A-Z]\\W{0,4}");
    private static final Pattern CONCLUDES = Pattern.compile(
            "(?i)^\\W*(?:so|thus|therefore|hence|in conclusion|finally)\\b" + "|\\b(?:answer|choose|pick|select)\\b");

    /** Behind a letter: another one, or that it is wrong. */
    private static final Pattern TAKEN_BACK =
            Pattern.compile("(?i)[\\s).:\\]]*[,;(]?\\s*(?:(?:or|and/or|and|/|&|but|not|oder|und|ou|et|o|y)\\b"
                    + "|(?:which\\s)?(?:(?:is|was)\\s)?(?:wrong|incorrect|false)\\b)");

    private static final Pattern NONE = Pattern.compile(
            "(?i)\\b(?:none of|neither|no (?:option|answer|choice)|cannot be|not any|all of (?:them|the)|both)\\b");

    @Override
    public boolean guessable() {
        return true;
    }

    @Override
    public boolean matches(String candidate, String reference) {
        if (candidate == null) {
            return false;
        }
        Optional<String> given = choice(candidate);
        Optional<String> right = choice(reference);
        return given.isPresent() && right.isPresent()
                ? given.equals(right)
                : given.isEmpty() && right.isEmpty() && TextChecker.same(candidate, reference);
    }

    @Override
    public Optional<String> read(AnswerRegion region) {
        if (region.marked()) {
            return Optional.of(choice(region.text()).orElse(region.text().strip()));
        }
        List<String> sentences = Sentences.of(MathText.plain(region.text()));
        return first(sentences).or(() -> last(sentences));
    }

    /** The letter that stands alone in front of its explanation: "B. Because A and C are too warm." */
    private static Optional<String> first(List<String> sentences) {
        boolean alone = sentences.size() > 1
                && ALONE.matcher(sentences.get(0)).matches()
                && Doubt.withRetraction("", sentences.get(1), 0).isEmpty()
                && sentences.stream()
                        .skip(1)
                        .noneMatch(sentence -> ALONE.matcher(sentence).matches()
                                || CONCLUDES.matcher(sentence).find());
        return alone ? choice(sentences.get(0)) : Optional.empty();
    }

    private static Optional<String> last(List<String> sentences) {
        for (int i = sentences.size() - 1; i >= 0; i--) {
            String sentence = sentences.get(i);
            if (!letters(sentence).isEmpty() || LABEL.matcher(sentence).find()) {
                boolean listed = OPTION.matcher(sentence).find()
                        && i > 0
                        && OPTION.matcher(sentences.get(i - 1)).find();
                return listed || sentence.endsWith("?") ? Optional.empty() : stated(sentence);
            }
            if (NONE.matcher(sentence).find()
                    || !Doubt.withRetraction("", sentence, 0).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * The only letter of a statement, if it stands first, or alone behind words that neither deny it nor leave it open.
     */
    private static Optional<String> choice(String text) {
        String claim = Doubt.withoutContrast(Doubt.withoutReason(text), ANOTHER);
        String plain = MathText.plain(claim).strip();
        Matcher label = LABEL.matcher(plain);
        return label.find()
                ? Optional.of(first(label)).filter(letter -> alone(letter, plain, label.end()))
                : stated(plain);
    }

    private static boolean alone(String letter, String text, int end) {
        boolean retracted = TAKEN_BACK.matcher(text).region(end, text.length()).lookingAt();
        return !retracted && letters(text).stream().allMatch(letter::equals);
    }

    private static Optional<String> stated(String statement) {
        String reasonless = Doubt.withoutReason(statement);
        String sentence = Doubt.withoutContrast(letters(reasonless).isEmpty() ? statement : reasonless, ANOTHER);
        Set<String> letters = letters(sentence);
        Matcher label = LABEL.matcher(sentence);
        if (letters.isEmpty() && label.find()) {
            letters = Set.of(first(label));
        }
        boolean one = letters.size() == 1 && !Doubt.setsAside(sentence) && !Doubt.leavesOpen(sentence);
        return one ? Optional.of(letters.iterator().next()) : Optional.empty();
    }

    private static Set<String> letters(String text) {
        Set<String> letters = new LinkedHashSet<>();
        Matcher matcher = ANYWHERE.matcher(text);
        while (matcher.find()) {
            letters.add(first(matcher));
        }
        return letters;
    }

    private static String first(Matcher matcher) {
        int group = 1;
        while (matcher.group(group) == null) {
            group++;
        }
        return matcher.group(group).toUpperCase(Locale.ROOT);
    }
}
