package org.realm4knime.engine.answer;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with mathematics, put into one plain notation: operators {@code + - * / ^}, digits 0 to 9, fractions {@code
 * a/b}. LaTeX commands, typographic signs and vulgar fractions are rewritten; words stay as they are.
 */
public final class MathText {

    /** Marks the spaces that group digits, so that they differ from those between words. */
    static final char GROUP_SPACE = '\u202F';

    private static final String BRACED = "\\s*\\{([^{}]*)}";

    /** Nothing stands before it that the sign of a fraction could be taken to subtract from. */
    private static final String UNSIGNED = "(?<![\\p{L}\\d)}\\]+*/-]\\s{0,3})";

    /** No digit follows a fraction that would be read as one of its denominator: {@code \frac{1}{2}3}. */
    private static final String ENDS = "(?!\\d)";

    private static final Map<Character, String> SIGNS = Map.ofEntries(
            Map.entry('\u2212', "-"),
            Map.entry('\u2010', "-"),
            Map.entry('\u2011', "-"),
            Map.entry('\u2012', "-"),
            Map.entry('\u2013', "-"),
            Map.entry('\uFF0D', "-"),
            Map.entry('\u00D7', "*"),
            Map.entry('\u2715', "*"),
            Map.entry('\u22C5', "*"),
            Map.entry('\u00B7', "*"),
            Map.entry('\u2219', "*"),
            Map.entry('\u2217', "*"),
            Map.entry('\u00F7', "/"),
            Map.entry('\u2044', "/"),
            Map.entry('\u2215', "/"),
            Map.entry('\uFF05', "%"),
            Map.entry('\uFF1D', "="),
            Map.entry('\u2245', "\u2248"),
            Map.entry('\u2243', "\u2248"),
            Map.entry('\u207A', "^+"),
            Map.entry('\u207B', "^-"),
            Map.entry('\u2103', "\u00B0C"),
            Map.entry('\u2109', "\u00B0F"),
            Map.entry('\u2126', "\u03A9"),
            Map.entry('\u2205', "{}"),
            Map.entry('\u2019', "'"));

    private static final Map<Character, String> VULGAR = Map.ofEntries(
            Map.entry('\u00BD', "1/2"),
            Map.entry('\u00BC', "1/4"),
            Map.entry('\u00BE', "3/4"),
            Map.entry('\u2153', "1/3"),
            Map.entry('\u2154', "2/3"),
            Map.entry('\u2155', "1/5"),
            Map.entry('\u2156', "2/5"),
            Map.entry('\u2157', "3/5"),
            Map.entry('\u2158', "4/5"),
            Map.entry('\u2159', "1/6"),
            Map.entry('\u215A', "5/6"),
            Map.entry('\u215B', "1/8"),
            Map.entry('\u215C', "3/8"),
            Map.entry('\u215D', "5/8"),
            Map.entry('\u215E', "7/8"));

    private static final String RAISED_SIGNS = "\u207A\u207B";
    private static final String SUPERSCRIPTS = "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";
    private static final String RAISED = SUPERSCRIPTS + RAISED_SIGNS;

    private record Rewriting(Pattern pattern, String replacement) {
        static Rewriting of(String regex, String replacement) {
            return new Rewriting(Pattern.compile(regex), replacement);
        }
    }

    /**
     * In this order: contents of braces are freed from the inside out, so fractions may hold text and text fractions.
     */
    private static final List<Rewriting> LATEX = List.of(
            Rewriting.of(
                    "\\\\(?:text(?:bf|it|rm|sf|tt|up|md|sc|normal)?|math(?:rm|bf|it|sf|tt|normal)|operatorname"
                            + "|[mh]box|emph|underline|bm|boldsymbol|ce)" + BRACED,
                    "$1"),
            Rewriting.of("\\\\(?:bf|it|rm|bfseries|normalfont)(?!\\p{L})\\s*", ""),
            Rewriting.of("(?<=[\\d}])\\\\[,;: ](?=\\s*\\\\[dtc]?frac)", " "),
            Rewriting.of("\\{\\s*(\\w+)\\s*\\\\over\\s*(\\w+)\\s*}", "\\\\frac{$1}{$2}"),
            Rewriting.of("(\\\\[dtc]?frac)\\s*(\\w)\\s*(?=\\{)", "$1{$2}"),
            Rewriting.of("(\\\\[dtc]?frac\\s*\\{[^{}]*})\\s*(\\w)", "$1{$2}"),
            Rewriting.of(UNSIGNED + "(\\\\[dtc]?frac)\\{\\s*-\\s*(\\d+)\\s*}\\s*\\{\\s*(\\d+)\\s*}" + ENDS, "-$2/$3"),
            Rewriting.of(UNSIGNED + "(\\\\[dtc]?frac)\\{\\s*(\\d+)\\s*}\\s*\\{\\s*-\\s*(\\d+)\\s*}" + ENDS, "-$2/$3"),
            Rewriting.of("(?<=[\\d}])\\\\[dtc]?frac" + BRACED + BRACED, " \\\\frac{$1}{$2}"),
            Rewriting.of("\\\\[dtc]?frac\\s*\\{\\s*(\\w+)\\s*}\\s*\\{\\s*(\\w+)\\s*}" + ENDS, "$1/$2"),
            Rewriting.of("\\\\[dtc]?frac\\s*(\\d)\\s*(\\d)" + ENDS, "$1/$2"),
            Rewriting.of("\\\\[dtc]?frac" + BRACED + BRACED, "($1)/($2)"),
            Rewriting.of("\\\\sqrt" + BRACED, "\u221A($1)"),
            Rewriting.of("\\^\\s*\\{\\s*\\\\circ\\s*}", "\u00B0"),
            Rewriting.of("\\^" + BRACED, "^($1)"),
            Rewriting.of("_\\s*\\{\\s*(\\w+)\\s*}", "_$1"));

    private static final List<Rewriting> COMMANDS = List.of(
            Rewriting.of("\\\\(?:left|right|displaystyle|quad|qquad)\\b", " "),
            Rewriting.of("\\\\(?:times|cdot|ast)\\b", "*"),
            Rewriting.of("\\\\div\\b", "/"),
            Rewriting.of("\\\\(?:approx|simeq|cong)\\b", "\u2248"),
            Rewriting.of("\\^\\s*\\\\circ", "\u00B0"),
            Rewriting.of("\\\\([$%&#{}])", "$1"),
            Rewriting.of("\\\\(?:leqslant|leq|le)(?!\\p{L})", "\u2264"),
            Rewriting.of("\\\\(?:geqslant|geq|ge)(?!\\p{L})", "\u2265"),
            Rewriting.of("\\\\(?:neq|ne)(?!\\p{L})", "\u2260"),
            Rewriting.of("\\\\(?:Rightarrow|implies)(?!\\p{L})", "\u21D2"),
            Rewriting.of("\\\\Omega(?!\\p{L})", "\u03A9"),
            Rewriting.of("\\\\(?:emptyset|varnothing)(?!\\p{L})", "{}"),
            Rewriting.of("\\\\!\\s*", ""),
            Rewriting.of("(?<=\\s)\\\\[,;: ]\\s*", ""),
            Rewriting.of("\\\\[,;: ]", ""),
            Rewriting.of("(?<=[\\w}])~(?=[\\\\\\p{L}])", " "),
            Rewriting.of("\\\\[()\\[\\]]", " "),
            Rewriting.of("(?<=\\d)\\{([,:])}(?=\\d)", "$1"));

    /** Behind a digit or a bracket the exclamation mark is a factorial. */
    private static final List<Rewriting> RELATIONS = List.of(
            Rewriting.of("=+>", "\u21D2"),
            Rewriting.of("<=+|=<", "\u2264"),
            Rewriting.of(">=+", "\u2265"),
            Rewriting.of("(?<![\\d)])!=+", "\u2260"));

    private static final Pattern GROUPING = Pattern.compile("(?<=\\d)[\u00A0\u2009\u2007\u202F](?=\\d{3}(?!\\d))");
    private static final Pattern GROUPED_MONEY = Pattern.compile("\\p{Sc}\\d{1,3}(?: \\d{3})++(?![.,]?\\d)");
    /** Points in a whole amount of money, {@code 1.200,-}, where they can only group. */
    private static final Pattern WHOLE_MONEY = Pattern.compile("(?<=\\d)\\.(?=(?:\\d{3}\\.){0,5}\\d{3},-)");

    private static final Pattern SPACES = Pattern.compile("\\p{Zs}");
    private static final Pattern EXPONENT = Pattern.compile("\\^\\((-?\\d+)\\)");

    private MathText() {}

    /**
     * Rewrites a text.
     *
     * @param text any text
     * @return the same in plain notation; line breaks stay
     */
    public static String plain(String text) {
        String latex = text.indexOf('\\') < 0 && text.indexOf('{') < 0 ? text : withoutLatex(text);
        latex = relations(latex).replace(GROUP_SPACE, '\u00A0');
        String grouped = GROUPING.matcher(latex).replaceAll(String.valueOf(GROUP_SPACE));
        grouped = GROUPED_MONEY
                .matcher(grouped)
                .replaceAll(money -> Matcher.quoteReplacement(money.group().replace(' ', GROUP_SPACE)));
        String plain = WHOLE_MONEY.matcher(withoutSigns(grouped)).replaceAll("");
        return EXPONENT.matcher(plain).replaceAll("^$1");
    }

    /**
     * Puts ordinary spaces in place of those that do not break a line or are narrow, such as the ones that group
     * digits.
     *
     * @param text any text
     * @return the text for people to read
     */
    public static String withPlainSpaces(String text) {
        return SPACES.matcher(text).replaceAll(" ");
    }

    /** Relations of several signs as one, so that an equals sign within them is none. */
    private static String relations(String text) {
        if (text.indexOf('=') < 0) {
            return text;
        }
        String result = text;
        for (Rewriting rewriting : RELATIONS) {
            result = rewriting.pattern().matcher(result).replaceAll(rewriting.replacement());
        }
        return result;
    }

    private static String withoutLatex(String text) {
        String result = text;
        String before;
        do {
            before = result;
            for (Rewriting rewriting : LATEX) {
                result = rewriting.pattern().matcher(result).replaceAll(rewriting.replacement());
            }
        } while (!result.equals(before));
        for (Rewriting rewriting : COMMANDS) {
            Matcher matcher = rewriting.pattern().matcher(result);
            result = matcher.replaceAll(rewriting.replacement());
        }
        return result;
    }

    private static String withoutSigns(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '\u0080') {
                plain.append(c);
            } else if (RAISED_SIGNS.indexOf(c) >= 0 && i > 0 && SUPERSCRIPTS.indexOf(text.charAt(i - 1)) >= 0) {
                plain.append(SIGNS.get(c).charAt(1));
            } else if (SIGNS.containsKey(c)) {
                plain.append(SIGNS.get(c));
            } else if (VULGAR.containsKey(c)) {
                boolean mixed = !plain.isEmpty() && Character.isDigit(plain.charAt(plain.length() - 1));
                plain.append(mixed ? " " : "").append(VULGAR.get(c));
            } else if (SUPERSCRIPTS.indexOf(c) >= 0) {
                boolean first = plain.isEmpty() || i == 0 || RAISED.indexOf(text.charAt(i - 1)) < 0;
                plain.append(first ? "^" : "").append(SUPERSCRIPTS.indexOf(c));
            } else if (Character.isDigit(c)) {
                plain.append(Character.digit(c, 10));
            } else if (c != GROUP_SPACE && Character.isSpaceChar(c)) {
                plain.append(' ');
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
