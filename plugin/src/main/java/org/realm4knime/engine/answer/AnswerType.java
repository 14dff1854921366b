package org.realm4knime.engine.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What kind of answer a problem has, and so how answers are found in a text and compared. */
public enum AnswerType {
    /** A number in any usual notation; an attached unit or currency is ignored. */
    NUMBER,
    /** A number with a unit or currency, both of which must agree; units of the same dimension are converted. */
    QUANTITY,
    /** A ratio, compared exactly: {@code 3/4}, {@code 0.75} and {@code \frac{6}{8}} are the same. */
    FRACTION,
    /** A percentage: {@code 15%}, {@code 15 percent}, {@code 15} and {@code 0.15} are the same. */
    PERCENTAGE,
    /** The letter of one of several choices. */
    MULTIPLE_CHOICE,
    /** Words, compared without regard to case, punctuation, articles and spacing. */
    TEXT,
    /** One of a list of labels, such as approve, refer and decline; yes and no, true and false are labels as well. */
    LABEL,
    /** Several values in any order. */
    SET,
    /** Several values in a given order. */
    LIST,
    /** The reference is a regular expression that the whole answer must match. */
    REGEX;

    /** This share of the references must have the form of a type before it is guessed. */
    private static final double MOST = 0.95;

    /** References are labels if they are few, short, and each of them is used this often on average. */
    private static final int LABEL_USES = 5;

    private static final int MOST_LABELS = 20;

    private static final Pattern LETTER = Pattern.compile("\\(?[A-Ja-j]\\)?[.:]?|\\([A-Za-z]\\)");
    private static final Pattern TRUTH = Pattern.compile("(?i)yes|no|true|false");
    /** Up to four words of letters. */
    private static final Pattern SHORT =
            Pattern.compile("[\\p{L}\\p{M}][\\p{L}\\p{M}\\p{N}_'-]{1,29}(?: [\\p{L}\\p{M}\\p{N}_'-]{1,29}){0,3}");

    private static final Pattern NUMBER_ALONE =
            Pattern.compile("[-+]?\\p{Sc}?\\s?[-+]?[\\d.,' ]+(?:(?<=\\d)[eE][-+]?\\d+)?\\p{Sc}?");
    private static final Pattern UNIT_IN_BRACKETS = Pattern.compile("\\s*\\(\\p{L}[\\p{L} /.'-]*\\)$");
    private static final Pattern CHOICE = Pattern.compile("\\(?(?:[A-Za-z]|\\d{1,2})[).:]?(?:\\s|$)");
    private static final Pattern CODE = Pattern.compile("0\\d");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int FEWEST_INTERVALS = 4;
    private static final Pattern INTERVAL = Pattern.compile("[(\\[][^,]+,[^,]+[)\\]]");
    private static final Pattern FORMULA = Pattern.compile("\\${1,2}([^$]+)\\${1,2}");
    private static final Pattern FRACTION_ALONE = Pattern.compile("[-+]?(?:\\d+ )?\\d+\\s?/\\s?\\d+");
    private static final Pattern BRACKETED = Pattern.compile("\\{.*}|\\[.*]|\\(.*,.*\\)");

    /**
     * Guesses the type from reference answers: the most special one whose form nearly all of them have. Regular
     * expressions are never guessed, and labels only where few short texts are used again and again.
     *
     * @param referenceAnswers the answers; blank ones are passed over
     * @return the type; {@link #TEXT} if there is no answer to go by
     */
    public static AnswerType guess(List<String> referenceAnswers) {
        List<String> answers = referenceAnswers.stream()
                .map(answer -> withoutUnitInBrackets(
                        withoutDollars(MathText.plain(answer).strip())))
                .filter(answer -> !answer.isEmpty())
                .toList();
        if (answers.isEmpty()) {
            return TEXT;
        }
        if (most(answers, answer -> LETTER.matcher(answer).matches())) {
            return MULTIPLE_CHOICE;
        }
        if (most(answers, answer -> only(answer).filter(Quantity::percent).isPresent())) {
            return PERCENTAGE;
        }
        if (most(answers, AnswerType::bareNumber)) {
            boolean fractions = answers.stream()
                    .anyMatch(answer -> FRACTION_ALONE.matcher(answer).matches());
            return fractions ? FRACTION : money(answers) ? QUANTITY : NUMBER;
        }
        if (most(answers, answer -> DIGITS.matcher(answer).matches())) {
            return TEXT; // codes: some have a leading zero
        }
        if (most(answers, answer -> BRACKETED.matcher(answer).matches())) {
            return intervals(answers) ? TEXT : most(answers, answer -> answer.startsWith("{")) ? SET : LIST;
        }
        if (most(answers, AnswerType::quantityAlone)) {
            return QUANTITY;
        }
        return labels(answers) ? LABEL : TEXT;
    }

    /** Whether most answers have a currency sign: then that of an answer must be the same. */
    private static boolean money(List<String> answers) {
        return most(answers, answer -> only(answer)
                .filter(quantity -> !quantity.unit().isEmpty())
                .isPresent());
    }

    /** Pairs of which some have round and some square brackets: these say which ends belong to it. */
    private static boolean intervals(List<String> answers) {
        return answers.size() >= FEWEST_INTERVALS
                && most(answers, answer -> INTERVAL.matcher(answer).matches())
                && answers.stream().anyMatch(answer -> answer.startsWith("("))
                && answers.stream().anyMatch(answer -> answer.startsWith("["));
    }

    private static boolean quantityAlone(String answer) {
        String symbols = NumberReading.inSymbols(answer);
        List<Quantity> found = Quantity.all(Quantity.withGroupSpaces(symbols), DecimalMark.GUESSED);
        return found.size() == 1 && found.get(0).start() == 0 && found.get(0).end() == symbols.length();
    }

    private static boolean labels(List<String> answers) {
        if (answers.stream().allMatch(answer -> TRUTH.matcher(answer).matches())) {
            return true;
        }
        int different = LabelChecker.of(answers).size();
        return different > 1
                && different <= MOST_LABELS
                && answers.size() >= LABEL_USES * different
                && answers.stream().allMatch(answer -> SHORT.matcher(answer).matches());
    }

    /**
     * Whether an answer is a number and nothing else. A leading zero makes it a code, such as 007.
     *
     * @param text an answer in any notation
     */
    static boolean bareNumber(String text) {
        String answer = withoutDollars(MathText.plain(text).strip());
        return only(answer).isPresent()
                && !CODE.matcher(answer).lookingAt()
                && (NUMBER_ALONE.matcher(answer).matches()
                        || FRACTION_ALONE.matcher(answer).matches());
    }

    /** ASDiv writes {@code 9 (apples)}. */
    private static String withoutUnitInBrackets(String answer) {
        String bare = UNIT_IN_BRACKETS.matcher(answer).replaceFirst("");
        return bareNumber(bare) ? bare : answer;
    }

    /**
     * Whether references look like answers of another type than the one that is set, so that right answers would not
     * be recognised.
     *
     * @param type the type that is set
     * @param referenceAnswers the answers; blank ones are passed over
     * @return what is odd and what to do; empty if at least half of them are of the type
     */
    public static Optional<String> mismatch(AnswerType type, List<String> referenceAnswers) {
        List<String> answers =
                referenceAnswers.stream().filter(answer -> !answer.isBlank()).toList();
        List<String> others =
                answers.stream().filter(answer -> !type.fits(answer)).toList();
        if (others.size() * 2 <= answers.size()) {
            return Optional.empty();
        }
        return Optional.of(
                ("'Kind of answer' is '%s', but %d of %d reference answers are of another kind, such as '%s'."
                                + " By their looks they are of the kind '%s': choose that, or 'Guess'.")
                        .formatted(
                                type.title(),
                                others.size(),
                                answers.size(),
                                others.get(0),
                                guess(answers).title()));
    }

    private boolean fits(String answer) {
        return switch (this) {
            case NUMBER, QUANTITY, FRACTION, PERCENTAGE ->
                NumberReading.covering(answer, DecimalMark.GUESSED).isPresent();
            case MULTIPLE_CHOICE ->
                LETTER.matcher(answer.strip()).matches()
                        || CHOICE.matcher(answer.strip()).lookingAt();
            default -> true;
        };
    }

    /** The type in words, such as {@code Multiple choice}. */
    public String title() {
        String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** A text that is one formula, without the dollar signs around it. */
    static String withoutDollars(String answer) {
        Matcher formula = FORMULA.matcher(answer);
        return formula.matches() ? formula.group(1).strip() : answer;
    }

    private static Optional<Quantity> only(String answer) {
        return Quantity.only(answer, DecimalMark.GUESSED);
    }

    private static boolean most(List<String> answers, Predicate<String> form) {
        return answers.stream().filter(form).count() >= MOST * answers.size();
    }
}
