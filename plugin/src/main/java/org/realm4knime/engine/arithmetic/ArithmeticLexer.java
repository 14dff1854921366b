package org.realm4knime.engine.arithmetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.realm4knime.engine.answer.DecimalMark;
import org.realm4knime.engine.answer.Numeral;
import org.realm4knime.engine.arithmetic.ArithmeticToken.Kind;

/** Cuts a step in plain notation into the tokens of arithmetic. */
final class ArithmeticLexer {

    private static final Pattern SKIPPED = Pattern.compile("(?:[\\s\\p{Sc}\\\\]|(?<=\\d)(?:\\.{3}|\u2026))++");
    private static final Pattern REMARK = Pattern.compile("\\([^()\\d=]*\\)");
    private static final Pattern ARROW = Pattern.compile("[-=]+>|<[-=]+|[<>!]=|[<>\u2264\u2265\u2260\u2192\u21D2]");
    private static final Pattern WORD = Pattern.compile(
            "(?:(?:/\\s?|-)(?=\\p{L}{2}))?\\p{L}+(?:['-]\\p{L}+)*+(?:/\\p{L}+)*+(?:(?<=\\p{L}{2})\\^\\d)?|\u00B0[CF]?");
    private static final Pattern PHRASE =
            Pattern.compile("(?i)(?:multiplied by|divided by|(?:is )?equal to|equals|times|plus|minus|percent|of)\\b");
    private static final Pattern APPROXIMATELY =
            Pattern.compile("(?i)(?:=\\s*)?(?:\u2248|~=?)|=\\s*(?:about|approximately|approx\\.?|roughly|around)\\b");
    private static final Pattern OPERAND_AHEAD = Pattern.compile("\\s*[\\p{Sc}]?[\\d.(]");

    private static final Set<String> MODIFIERS = Set.of(
            "twice",
            "double",
            "triple",
            "thrice",
            "half",
            "quarter",
            "third",
            "squared",
            "cubed",
            "negative",
            "more",
            "less",
            "fewer",
            "off",
            "sqrt",
            "log",
            "mod",
            "factorial",
            "quarters",
            "thirds",
            "fifth",
            "fifths",
            "tenth",
            "tenths",
            "eighth",
            "eighths");
    /** Words that part one statement from another; nothing is computed across them. */
    private static final Set<String> CONJUNCTIONS = Set.of(
            "or", "but", "so", "then", "thus", "hence", "because", "since", "if", "when", "where", "while", "is", "are",
            "was", "were", "be", "has", "have", "had", "gives", "get", "gets", "makes", "means");

    private static final Set<String> MAGNITUDES = Set.of(
            "dozen",
            "dozens",
            "hundred",
            "hundreds",
            "thousand",
            "thousands",
            "million",
            "millions",
            "billion",
            "billions",
            "k");
    private static final Set<String> LETTER_UNITS = Set.of("m", "g", "l", "h", "s", "t");

    private static final Map<Character, Kind> SIGNS = Map.ofEntries(
            Map.entry('+', Kind.PLUS),
            Map.entry('-', Kind.MINUS),
            Map.entry('*', Kind.TIMES),
            Map.entry('/', Kind.OVER),
            Map.entry('^', Kind.POWER),
            Map.entry('(', Kind.OPEN),
            Map.entry('[', Kind.OPEN),
            Map.entry(')', Kind.CLOSE),
            Map.entry(']', Kind.CLOSE),
            Map.entry('%', Kind.PERCENT),
            Map.entry('=', Kind.EQUALS),
            Map.entry('\u221A', Kind.UNKNOWN),
            Map.entry('\u03C0', Kind.UNKNOWN));

    private final String text;
    private final List<ArithmeticToken> tokens = new ArrayList<>();
    private int at;

    private ArithmeticLexer(String text) {
        this.text = text;
    }

    /**
     * The tokens of a step.
     *
     * @param text plain notation, see {@link org.realm4knime.engine.answer.MathText}
     * @return the tokens from left to right; white space and currency signs are left out
     */
    static List<ArithmeticToken> tokens(String text) {
        ArithmeticLexer lexer = new ArithmeticLexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        return List.copyOf(lexer.tokens);
    }

    private void next() {
        char c = text.charAt(at);
        if (matches(SKIPPED).isPresent()) {
            at = matches(SKIPPED).get();
        } else if (Character.isDigit(c)
                || c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))) {
            number();
        } else if (!take(APPROXIMATELY, Kind.APPROXIMATELY)
                && !take(ARROW, Kind.PUNCTUATION)
                && !remark()
                && !phrase()
                && !word()) {
            sign(c);
        }
    }

    /** Words in brackets are a remark, but directly after a number they stand for another: 0.15(minutes). */
    private boolean remark() {
        boolean attached = follows(Kind.NUMBER) && tokens.get(tokens.size() - 1).end() == at;
        return take(REMARK, attached ? Kind.UNKNOWN : Kind.WORD);
    }

    private void number() {
        Optional<Numeral> numeral = Numeral.at(text, at, DecimalMark.GUESSED);
        if (numeral.isPresent() && !isClock(numeral.get())) {
            tokens.add(new ArithmeticToken(
                    Kind.NUMBER,
                    numeral.get(),
                    numeral.get().start(),
                    numeral.get().end()));
            at = numeral.get().end();
        } else {
            int end = at + 1;
            while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
                end++;
            }
            add(Kind.UNKNOWN, end);
        }
    }

    /** Times of day (7:50, 0930) add up otherwise than numbers. */
    private boolean isClock(Numeral numeral) {
        boolean zeros = text.charAt(at) == '0' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
        boolean minutes = at > 1 && text.charAt(at - 1) == ':' && Character.isDigit(text.charAt(at - 2));
        int end = numeral.end();
        boolean hours = end + 1 < text.length() && text.charAt(end) == ':' && Character.isDigit(text.charAt(end + 1));
        return zeros || minutes || hours;
    }

    private boolean phrase() {
        Optional<Integer> end = matches(PHRASE);
        if (end.isEmpty() || at > 0 && Character.isLetter(text.charAt(at - 1))) {
            return false;
        }
        String phrase = text.substring(at, end.get()).toLowerCase(Locale.ROOT);
        Kind kind =
                switch (phrase) {
                    case "multiplied by", "times" -> Kind.TIMES;
                    case "divided by" -> Kind.OVER;
                    case "plus" -> Kind.PLUS;
                    case "minus" -> Kind.MINUS;
                    case "percent" -> Kind.PERCENT;
                    case "of" -> Kind.OF;
                    default -> Kind.EQUALS;
                };
        add(kind, end.get());
        return true;
    }

    private boolean word() {
        Optional<Integer> end = matches(WORD);
        if (end.isEmpty()) {
            return false;
        }
        char first = text.charAt(at);
        boolean attached =
                follows(Kind.NUMBER, Kind.WORD) && tokens.get(tokens.size() - 1).end() == at;
        // 12-pack and 5 dollars / hour are units, 12 - pack and (3 + 4) / people are not
        if (first == '-' && !attached || first == '/' && !follows(Kind.NUMBER, Kind.WORD)) {
            return false;
        }
        String word = text.substring(at, end.get()).toLowerCase(Locale.ROOT);
        add(kindOf(word, end.get()), end.get());
        return true;
    }

    private boolean follows(Kind... kinds) {
        return !tokens.isEmpty()
                && List.of(kinds).contains(tokens.get(tokens.size() - 1).kind());
    }

    private Kind kindOf(String word, int end) {
        boolean operandAhead =
                OPERAND_AHEAD.matcher(text).region(end, text.length()).lookingAt();
        if (word.equals("x") && operandAhead && endsOperand()) {
            return Kind.TIMES;
        }
        if (MAGNITUDES.contains(word)) {
            return Kind.UNKNOWN;
        }
        if (MODIFIERS.contains(word)) {
            return Kind.MODIFIER;
        }
        if (word.equals("and")) {
            return Kind.AND;
        }
        if (CONJUNCTIONS.contains(word)) {
            return Kind.PUNCTUATION;
        }
        if (word.length() > 1 || !Character.isLetter(word.charAt(0))) {
            return Kind.WORD;
        }
        boolean spaced = at > 0 && Character.isWhitespace(text.charAt(at - 1));
        boolean unit = LETTER_UNITS.contains(word) && spaced && endsOperand();
        boolean article = (word.equals("a") || word.equals("i")) && !operatorAround(end);
        return unit || article ? Kind.WORD : Kind.UNKNOWN;
    }

    private boolean endsOperand() {
        return follows(Kind.NUMBER, Kind.CLOSE, Kind.PERCENT, Kind.WORD);
    }

    private boolean operatorAround(int end) {
        String ahead = text.substring(end).stripLeading();
        boolean after = !ahead.isEmpty() && "+-*/^=".indexOf(ahead.charAt(0)) >= 0;
        boolean before = !tokens.isEmpty() && tokens.get(tokens.size() - 1).operator();
        return after || before;
    }

    private void sign(char c) {
        if (text.startsWith("**", at)) {
            add(Kind.POWER, at + 2);
        } else if (text.startsWith("==", at)) {
            add(Kind.EQUALS, at + 2);
        } else {
            add(SIGNS.getOrDefault(c, Kind.PUNCTUATION), at + 1);
        }
    }

    private boolean take(Pattern pattern, Kind kind) {
        Optional<Integer> end = matches(pattern);
        end.ifPresent(to -> add(kind, to));
        return end.isPresent();
    }

    private Optional<Integer> matches(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
        return matcher.lookingAt() ? Optional.of(matcher.end()) : Optional.empty();
    }

    private void add(Kind kind, int end) {
        tokens.add(new ArithmeticToken(kind, null, at, end));
        at = end;
    }
}
