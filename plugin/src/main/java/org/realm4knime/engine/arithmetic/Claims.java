package org.realm4knime.engine.arithmetic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.realm4knime.engine.answer.MathText;
import org.realm4knime.engine.answer.Measure;
import org.realm4knime.engine.arithmetic.ArithmeticParser.Parsed;
import org.realm4knime.engine.arithmetic.ArithmeticToken.Kind;

/**
 * Finds the arithmetic statements of a step and recomputes them exactly: {@code 12 * 3 = 36}, chains such as
 * {@code 2 + 3 - 1 = 4 = 8 / 2}, GSM8K's calculator annotations {@code <<48/2=24>>}, with {@code x}, {@code ×},
 * {@code ÷}, {@code −}, powers, percentages, money, units and grouped thousands.
 *
 * <p>Only what can be judged for certain is a claim: a statement with a variable, a magnitude ("2 dozen"), or a word
 * that changes a number ("twice") is passed over. {@link ClaimCheck} says when a stated result counts as right.
 */
public final class Claims {

    private static final Pattern ANNOTATION = Pattern.compile("<<([^<>]*)>>");
    private static final Pattern UNIT = Pattern.compile("\\p{L}+|\\p{Sc}");
    private static final Pattern WHOLE_NUMBERS =
            Pattern.compile("(?i)\\b(?:round(?:s|ed|ing)?|remain(?:s|der|ing)?|left ?over|nearest)\\b");
    /** A longer chain of operators is no statement that a person or a model makes on purpose. */
    private static final int MAX_TOKENS = 120;

    private Claims() {}

    /**
     * The claims of a step.
     *
     * @param step a step as written
     * @return its claims from left to right, each once
     */
    public static List<Claim> in(String step) {
        Map<String, Claim> claims = new LinkedHashMap<>();
        Matcher annotation = ANNOTATION.matcher(step);
        while (annotation.find()) {
            add(find(MathText.plain(annotation.group(1))), claims);
        }
        add(find(MathText.plain(StepNormalizer.withoutLabel(step))), claims);
        return List.copyOf(claims.values());
    }

    private static void add(List<Claim> found, Map<String, Claim> claims) {
        found.forEach(claim -> claims.putIfAbsent(StepNormalizer.normalize(claim.text()), claim));
    }

    private static List<Claim> find(String text) {
        if (text.indexOf('=') < 0 && text.indexOf('\u2248') < 0 && !text.contains("equal") && text.indexOf('~') < 0) {
            return List.of();
        }
        List<ArithmeticToken> tokens = ArithmeticLexer.tokens(text);
        List<Integer> relations = IntStream.range(0, tokens.size())
                .filter(i -> tokens.get(i).relation())
                .boxed()
                .toList();
        boolean whole = WHOLE_NUMBERS.matcher(text).find();
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < relations.size(); i++) {
            int from = i == 0 ? 0 : relations.get(i - 1) + 1;
            int to = i + 1 < relations.size() ? relations.get(i + 1) : tokens.size();
            claim(text, tokens, from, relations.get(i), to, whole).ifPresent(claims::add);
        }
        return claims;
    }

    /** The claim around the relation, whose sides lie within the tokens from and to. */
    private static Optional<Claim> claim(
            String text, List<ArithmeticToken> tokens, int from, int relation, int to, boolean whole) {
        Optional<Parsed> right = ArithmeticParser.parse(tokens, relation + 1, to)
                .filter(parsed -> parsed.end() == tokens.size() || mayFollow(tokens, parsed.end()));
        OptionalInt start = right.isPresent() ? leftStart(tokens, from, relation) : OptionalInt.empty();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        Parsed left = ArithmeticParser.parse(tokens, start.getAsInt(), relation).orElseThrow();
        if (namesAnAmount(text, tokens, start.getAsInt(), relation, left)) {
            return Optional.empty();
        }
        ClaimCheck.Side said = side(tokens, start.getAsInt(), left);
        ClaimCheck.Precision precision = precision(tokens.get(relation), whole);
        Optional<Claim> claim = ClaimCheck.check(text, said, side(tokens, relation + 1, right.get()), precision);
        if (claim.isEmpty() || claim.get().valid()) {
            return claim;
        }
        if (right.get().expression().computes()) {
            // people go on computing behind a result, 5 + 3 = 8 * 2 = 16, or say what it is a part of, = 15% of 300
            Optional<Claim> first = ArithmeticParser.parseOperand(tokens, relation + 1, to)
                    .flatMap(operand -> ClaimCheck.check(text, said, side(tokens, relation + 1, operand), precision))
                    .filter(Claim::valid);
            if (first.isPresent()) {
                return first;
            }
        }
        int end = tokens.get(right.get().end() - 1).end();
        return mixesUnits(text.substring(Math.max(0, said.span()[0] - 2), end)) ? Optional.empty() : claim;
    }

    /** Where the longest expression begins that ends at the relation. */
    private static OptionalInt leftStart(List<ArithmeticToken> tokens, int from, int relation) {
        return IntStream.range(Math.max(from, relation - MAX_TOKENS), relation)
                .filter(start -> ArithmeticParser.parse(tokens, start, relation)
                        .filter(parsed -> parsed.end() == relation)
                        .isPresent())
                .filter(start -> mayBegin(tokens, start, from))
                .findFirst();
    }

    private static ClaimCheck.Side side(List<ArithmeticToken> tokens, int start, Parsed parsed) {
        return new ClaimCheck.Side(parsed.expression(), span(tokens, start, parsed.valueEnd()));
    }

    private static ClaimCheck.Precision precision(ArithmeticToken relation, boolean whole) {
        if (relation.kind() == Kind.APPROXIMATELY) {
            return ClaimCheck.Precision.APPROXIMATE;
        }
        return whole ? ClaimCheck.Precision.WHOLE : ClaimCheck.Precision.AS_SHOWN;
    }

    /** 4 pounds - 6 ounces = 58 ounces: a sum over units of different size cannot be judged by its numbers. */
    private static boolean mixesUnits(String text) {
        return Measure.mixed(
                UNIT.matcher(text).results().map(MatchResult::group).toList());
    }

    private static int[] span(List<ArithmeticToken> tokens, int first, int afterLast) {
        return new int[] {tokens.get(first).start(), tokens.get(afterLast - 1).end()};
    }

    /** Whether the left side may begin here: not in the middle of something that is being computed. */
    private static boolean mayBegin(List<ArithmeticToken> tokens, int start, int from) {
        boolean negative = tokens.get(start).kind() == Kind.MINUS;
        if (negative && tokens.get(start).end() != tokens.get(start + 1).start()) {
            return false;
        }
        if (start == from) {
            return true;
        }
        ArithmeticToken before = tokens.get(start - 1);
        return switch (before.kind()) {
            case WORD ->
                (!negative || before.end() < tokens.get(start).start()) && !wordsAfterOperator(tokens, start, from);
            case PUNCTUATION, AND -> start - 2 < from || tokens.get(start - 2).kind() != Kind.NUMBER;
            case OPEN -> start - 2 < from || !tokens.get(start - 2).operator();
            // "a total of 12 * 3", but not "half of 12 * 3"
            case OF -> start - 2 >= from && tokens.get(start - 2).kind() == Kind.WORD;
            default -> false;
        };
    }

    /** As in "25 classmates + his 1 teacher", where more is added than can be seen. */
    private static boolean wordsAfterOperator(List<ArithmeticToken> tokens, int start, int from) {
        int before = start - 1;
        while (before >= from && tokens.get(before).kind() == Kind.WORD) {
            before--;
        }
        return before >= from
                && tokens.get(before).operator()
                && tokens.get(before).kind() != Kind.OF;
    }

    /**
     * Whether the left side is an amount rather than a calculation, as in "40 nickels = 40 * 5 cents" or "2/5 is equal
     * to 12 hectares". A bare number at the very beginning or in a chain counts as a result written first: 36 = 12 * 3.
     */
    private static boolean namesAnAmount(
            String text, List<ArithmeticToken> tokens, int start, int relation, Parsed left) {
        if (left.expression().computes()) {
            boolean inWords =
                    Character.isLetter(text.charAt(tokens.get(relation).start()));
            boolean fraction =
                    left.valueEnd() == start + 3 && tokens.get(start + 1).kind() == Kind.OVER;
            return fraction && (inWords || left.end() != left.valueEnd());
        }
        boolean chained = start > 0 && tokens.get(start - 1).relation();
        return left.end() != left.valueEnd() || start > 0 && !chained;
    }

    private static boolean mayFollow(List<ArithmeticToken> tokens, int index) {
        return switch (tokens.get(index).kind()) {
            case WORD, MODIFIER, PUNCTUATION, AND, CLOSE, EQUALS, APPROXIMATELY -> true;
            // a remark, unless it multiplies
            case OPEN -> tokens.get(index - 1).end() < tokens.get(index).start();
            default -> false;
        };
    }
}
