package org.realm4knime.engine.answer;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
            Rewriting.of("\\*\\*", "^"),
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
            Rewriting.of("\\\\(?:rightarrow|to)(?!\\p{L})|->", "\u2192"),
            // indices, as in formulas of chemistry: H_2O
            Rewriting.of("(?<=[\\p{L})\\]}])_(?:\\{(\\d{1,3})\\}|(\\d{1,3}))", "$1$2"));

    /** The charge of an ion: Fe^{3+}. */
    private static final Pattern CHARGE = Pattern.compile("\\^\\(?(\\d?[+-])\\)?(?![\\p{L}\\d(])");

    /** Between figures: 1 : 200, 3 to 5, 10 x 20. */
    private static final Pattern SPACED_COLON = Pattern.compile("(?<=\\d)\\s*:\\s*(?=\\d)");

    private static final Pattern RANGE = Pattern.compile("(?<=\\d)\\s+to\\s+(?=\\d)");
    private static final Pattern BY = Pattern.compile("(?<=\\d)\\s*x\\s*(?=\\d)");

    /** A sign between a number or a root and what it multiplies: {@code 2*x} is {@code 2x}. */
    private static final Pattern TIMES = Pattern.compile("(?<=[\\d\u03C0)])\\s*\\*\\s*(?=[\\p{L}\u221A(])");

    private static final Pattern CLOCK = Pattern.compile("\\s?(?<=[\\d\\s])([ap])\\.?\\s?m\\b\\.?");
    private static final Pattern NOT_IN_NUMBER = Pattern.compile("(?<!\\d)[.,:]|[.:](?!\\d)|,(?![-+]?\\d)");
    private static final Pattern POINT = Pattern.compile("(?<!\\d)\\.(?=\\d)");
    private static final Pattern COMMA_AND_SPACE = Pattern.compile("(?<=\\d),\\s+(?=[-+]?\\d)");
    private static final Pattern FACTORIAL = Pattern.compile("(?<=[\\d)])!");
    private static final Pattern NO_MEANING =
            Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{Sm}\\p{Sc}.,:%*/\\-+^<>=#&@()\\[\\]{}\u00B0\u203C]|\\$");
    private static final Pattern DASH = Pattern.compile("(?<=\\p{L}{2})\\s*-+\\s*(?=\\p{L}{2})");
    private static final Pattern SIGN_SPACE = Pattern.compile("\\s*([\\p{Sm}*/\\-+^<>=#&@()\\[\\]{}%])\\s*");
    /** An article stands before a word of its own; in {@code a + b}, {@code a b} and "by, the, of" there is none. */
    private static final Pattern ARTICLE =
            Pattern.compile("(?<![^\\s\"'\u201C\u2018(\\[{])(?:(?:an?)(?=\\s+[\"'\u201C\u2018(]?"
                    + "(?:\\p{L}{2}|\\d))|the(?=\\s+[\"'\u201C\u2018(]?[\\p{L}\\d]))(?!\\s+(?:an?|the)\\b)");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern WORDS_IN_BRACKETS =
            Pattern.compile("[(\\[{]\\s*(\\p{L}(?:[\\p{L}\\s'-]*\\p{L})?)\\s*[)\\]}]");
    /** The name of a value in front of it, if no other equation follows. */
    private static final Pattern NAME = Pattern.compile(
            "(?:\\p{L}(?: ?\\w)?(?:\\(\\p{L}\\))?|\\(\\p{L}(?:[, ]\\p{L})+\\))[=\u2208](?=[^=\u2264\u2265<>]+$)");
    /** Brackets of a fraction around what is one factor anyway: {@code (\u221A(3))/(2)}. */
    private static final Pattern NUMERATOR =
            Pattern.compile("(?<![\\p{L}\\d)\u221A])\\(\\s?(\\d{0,9}(?:\u221A\\(\\w+\\)|\\w+|\u03C0))\\s?\\)(?=/)");

    private static final Pattern DENOMINATOR =
            Pattern.compile("(?<=/)\\(\\s?(\\d+|\\p{L}|\u221A\\(\\w+\\))\\s?\\)(?![\\p{L}\\d(])");

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
        plain = CHARGE.matcher(plain).replaceAll("$1");
        String words = TIMES.matcher(DASH.matcher(plain).replaceAll(" ")).replaceAll("");
        words = SPACED_COLON.matcher(words).replaceAll(":");
        words = BY.matcher(RANGE.matcher(words).replaceAll("-")).replaceAll("*");
        words = FACTORIAL.matcher(words).replaceAll("\u203C");
        words = ARTICLE.matcher(words).replaceAll(" ");
        words = CLOCK.matcher(words).replaceAll("$1m");
        words = COMMA_AND_SPACE.matcher(words).replaceAll(",");
        words = POINT.matcher(words).replaceAll("0.");
        words = NO_MEANING.matcher(words).replaceAll(" ");
        words = NOT_IN_NUMBER.matcher(words).replaceAll(" ");
        Matcher bracketed = WORDS_IN_BRACKETS.matcher(words.strip());
        words = bracketed.matches() ? bracketed.group(1) : words;
        words = DENOMINATOR.matcher(NUMERATOR.matcher(words).replaceAll("$1")).replaceAll("$1");
        words = SIGN_SPACE.matcher(words).replaceAll("$1");
        return truth(words.strip().replaceAll("\\s+", " "));
    }

    /**
     * Whether articles that one text has and the other lacks are all in the same text: one may be left out, while
     * "all terms the of" is not "all the terms of".
     *
     * @param given any text
     * @param right a text that is reduced to the same
     */
    static boolean articlesAgree(String given, String right) {
        Set<Integer> some = articles(given);
        Set<Integer> others = articles(right);
        return some.containsAll(others) || others.containsAll(some);
    }

    /** How many words stand before each article. */
    private static Set<Integer> articles(String text) {
        Set<Integer> places = new HashSet<>();
        String plain = text.toLowerCase(Locale.ROOT);
        Matcher article = ARTICLE.matcher(plain);
        int words = 0;
        int from = 0;
        while (article.find()) {
            words += (int) WORD.matcher(plain.substring(from, article.start()))
                    .results()
                    .count();
            from = article.end();
            places.add(words);
        }
        return places;
    }

    /**
     * Whether two reduced texts give the same value, where one of them names it too: {@code x=5} and {@code 5}, {@code
     * f(x)=x^2} and {@code x^2}, {@code (p,q)=(3,2)} and {@code (3,2)}.
     *
     * @param given reduced text
     * @param right reduced text
     */
    static boolean sameValue(String given, String right) {
        boolean named = NAME.matcher(given).lookingAt();
        return named != NAME.matcher(right).lookingAt()
                && NAME.matcher(named ? given : right).replaceFirst("").equals(named ? right : given);
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
