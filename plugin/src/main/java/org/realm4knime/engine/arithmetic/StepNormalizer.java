package org.realm4knime.engine.arithmetic;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.realm4knime.engine.answer.DecimalMark;
import org.realm4knime.engine.answer.MathText;
import org.realm4knime.engine.answer.Numeral;

/**
 * Brings steps that say the same into one form, so that routes which take the same step meet in the prefix tree: case,
 * spacing, step labels, calculator annotations, number notation, operator signs, currency signs and closing punctuation
 * no longer differ.
 */
public final class StepNormalizer {

    private static final Pattern ANNOTATION = Pattern.compile("<<[^<>]*>>");
    private static final Pattern EMPHASIS = Pattern.compile("(?<!\\d)\\*\\*|\\*\\*(?!\\d)|__|`");
    private static final Pattern LABEL = Pattern.compile(
            "^[\\s#>]*(?:[*\u2022-]\\s+)?(?:step\\s+\\d{1,3}\\s*[.:)-]?\\s+|\\(?\\d{1,2}[.)]\\s+(?=\\D))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TIMES = Pattern.compile("(?<=[\\d)%])\\s*x\\s*(?=[\\d(])");
    private static final Pattern SIGNS = Pattern.compile("\\s*([-+*/^=\u2248(),:%|])\\s*");
    private static final Pattern CURRENCY = Pattern.compile("\\p{Sc}");
    /** The look-behind keeps the search linear where a model writes nothing but dots. */
    private static final Pattern CLOSING = Pattern.compile("(?<![.,;:!?\\s])[.,;:!?\\s]+$");

    private StepNormalizer() {}

    /**
     * Normalises a step.
     *
     * @param step a step as written
     * @return its normal form
     */
    public static String normalize(String step) {
        String text = MathText.plain(withoutLabel(step)).toLowerCase(Locale.ROOT);
        text = CURRENCY.matcher(text).replaceAll("");
        text = TIMES.matcher(text).replaceAll("*");
        text = plainNumbers(text);
        text = SIGNS.matcher(text).replaceAll("$1");
        return CLOSING.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("");
    }

    /**
     * Takes out what is not part of the statement: the step's label or bullet, calculator annotations, Markdown
     * emphasis.
     *
     * @param step a step as written
     * @return the statement
     */
    static String withoutLabel(String step) {
        String bare = EMPHASIS.matcher(ANNOTATION.matcher(step).replaceAll("")).replaceAll("");
        return LABEL.matcher(bare).replaceFirst("");
    }

    private static String plainNumbers(String text) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            boolean starts = Character.isDigit(text.charAt(at))
                    || text.charAt(at) == '.' && (at == 0 || !Character.isDigit(text.charAt(at - 1)));
            Optional<Numeral> numeral = starts ? Numeral.at(text, at, DecimalMark.GUESSED) : Optional.empty();
            if (numeral.isPresent()) {
                result.append(plain(numeral.get()));
                at = numeral.get().end();
            } else {
                result.append(text.charAt(at++));
            }
        }
        return result.toString();
    }

    private static String plain(Numeral numeral) {
        BigDecimal value = new BigDecimal(numeral.value().getNumerator())
                .divide(new BigDecimal(numeral.value().getDenominator()));
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
