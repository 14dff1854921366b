package org.realm4knime.engine.answer;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text reduced to what counts when answers in words, or expressions, are compared. Signs that carry meaning stay:
 * brackets, comparison, operators. White space beside them does not count.
 */
final class NormalizedText {

    private record Rewriting(Pattern pattern, String replacement) {
        static Rewriting of(String regex, String replacement) {
            return new Rewriting(Pattern.compile(regex), replacement);
        }
    }

    private static final List<Rewriting> LATEX = List.of(
            Rewriting.of("\\\\sqrt\\s*\\{([^{}]*)}|\\bsqrt\\(([^()]*)\\)", "\u221A($1$2)"),
            Rewriting.of("\\\\sqrt\\s*(\\w)", "\u221A($1)"),
            Rewriting.of("\u221A\\s*(\\d+|\\p{L})", "\u221A($1)"),
            Rewriting.of("\\\\(?:leqslant|leq|le)(?!\\p{L})|<=", "\u2264"),
            Rewriting.of("\\\\(?:geqslant|geq|ge)(?!\\p{L})|>=", "\u2265"),
            Rewriting.of("\\\\(?:neq|ne)(?!\\p{L})|!=", "\u2260"),
            Rewriting.of("\\\\lt(?!\\p{L})", "<"),
            Rewriting.of("\\\\gt(?!\\p{L})", ">"),
            Rewriting.of("\\\\pm(?!\\p{L})|\\+/-", "\u00B1"),
            Rewriting.of("\\\\infty(?!\\p{L})", "\u221E"),
            Rewriting.of("\\\\cup(?!\\p{L})", "\u222A"),
            Rewriting.of("\\\\cap(?!\\p{L})", "\u2229"),
            Rewriting.of("\\\\in(?!\\p{L})", "\u2208"),
            Rewriting.of("\\\\pi(?!\\p{L})|(?<![\\p{L}])pi(?!\\p{L})", "\u03C0"),
            Rewriting.of("\\\\(?:rightarrow|to)(?!\\p{L})|->", "\u2192"));

    /** A sign between a number or a root and what it multiplies: {@code 2*x} is {@code 2x}. */
    private static final Pattern TIMES = Pattern.compile("(?<=[\\d\u03C0)])\\s*\\*\\s*(?=[\\p{L}\u221A(])");

    private static final Pattern CLOCK = Pattern.compile("\\s?(?<=[\\d\\s])([ap])\\.?\\s?m\\b\\.?");
    private static final Pattern NOT_IN_NUMBER = Pattern.compile("(?<!\\d)[.,:]|[.,:](?!\\d)");
    private static final Pattern POINT = Pattern.compile("(?<!\\d)\\.(?=\\d)");
    private static final Pattern COMMA_AND_SPACE = Pattern.compile("(?<=\\d),\\s+(?=\\d)");
    private static final Pattern FACTORIAL = Pattern.compile("(?<=[\\d)])!");
    private static final Pattern NO_MEANING =
            Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{Sm}\\p{Sc}.,:%*/\\-+^<>=#&@()\\[\\]{}\u00B0\u203C]|\\$");
    private static final Pattern DASH = Pattern.compile("(?<=\\p{L}{2})\\s*-+\\s*(?=\\p{L}{2})");
    private static final Pattern SIGN_SPACE = Pattern.compile("\\s*([\\p{Sm}*/\\-+^<>=#&@()\\[\\]{}%])\\s*");
    private static final Pattern ARTICLE = Pattern.compile("\\b(?:a|an|the)\\b(?=\\s+\\S)");
    private static final Pattern WORDS_IN_BRACKETS =
            Pattern.compile("[(\\[{]\\s*([\\p{L}][\\p{L}\\s'-]*[\\p{L}])\\s*[)\\]}]");

    private NormalizedText() {}

    /**
     * Lower case, compatible characters unified, without what carries no meaning: quotes, final marks, articles,
     * doubled spaces. Points, commas and colons inside numbers stay. Yes is true, no is false.
     *
     * @param text any text
     * @return the reduced text
     */
    static String of(String text) {
        String plain = Normalizer.normalize(MathText.plain(latex(text)), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT);
        String words = TIMES.matcher(DASH.matcher(plain).replaceAll(" ")).replaceAll("");
        words = FACTORIAL.matcher(words).replaceAll("\u203C");
        words = CLOCK.matcher(words).replaceAll("$1m");
        words = COMMA_AND_SPACE.matcher(words).replaceAll(",");
        words = POINT.matcher(words).replaceAll("0.");
        words = NO_MEANING.matcher(words).replaceAll(" ");
        words = NOT_IN_NUMBER.matcher(words).replaceAll(" ");
        Matcher bracketed = WORDS_IN_BRACKETS.matcher(words.strip());
        words = bracketed.matches() ? bracketed.group(1) : words;
        words = ARTICLE.matcher(words).replaceAll(" ");
        words = SIGN_SPACE.matcher(words).replaceAll("$1");
        return truth(words.strip().replaceAll("\\s+", " "));
    }

    private static String truth(String words) {
        return switch (words) {
            case "yes" -> "true";
            case "no" -> "false";
            default -> words;
        };
    }

    private static String latex(String text) {
        String result = text;
        for (Rewriting rewriting : LATEX) {
            result = rewriting.pattern().matcher(result).replaceAll(rewriting.replacement());
        }
        return result;
    }
}
