package org.realm4knime.engine.answer;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Answers of several values, in any order (a set: how often a value is named does not count) or in a given one. */
record CollectionChecker(boolean ordered, NumberChecker numbers) implements AnswerChecker {

    private static final Pattern OR = Pattern.compile("(?i)\\bor\\b");
    private static final Pattern BRACKETS = Pattern.compile("\\{[^{}]*}|\\[[^\\[\\]]*]|\\([^()]*\\)");
    private static final Pattern END = Pattern.compile("(?<![.\\s$])[.\\s$]+$");

    @Override
    public boolean matches(String candidate, String reference) {
        if (candidate == null) {
            return false;
        }
        List<String> given = Items.of(AnswerType.withoutDollars(candidate.strip()));
        List<String> right = Items.of(AnswerType.withoutDollars(reference.strip()));
        if (leavesOpen(candidate, given) && !OR.matcher(reference).find()) {
            return false;
        }
        return agree(given, right);
    }

    private boolean agree(List<String> given, List<String> right) {
        if (ordered) {
            return given.size() == right.size()
                    && IntStream.range(0, given.size()).allMatch(i -> same(given.get(i), right.get(i)));
        }
        return contains(given, right) && contains(right, given);
    }

    /** "1, 2 or 3" may name three values, while "1, 2 or 1, 3" and "1 or 1, 2" leave open which. */
    private boolean leavesOpen(String answer, List<String> items) {
        Matcher or = OR.matcher(answer);
        return or.find() && (ordered || Items.of(answer.substring(or.end())).size() > 1 || named(items) < items.size());
    }

    private long named(List<String> items) {
        return IntStream.range(0, items.size())
                .filter(i -> items.subList(0, i).stream().noneMatch(item -> same(item, items.get(i))))
                .count();
    }

    private boolean contains(List<String> some, List<String> others) {
        return some.stream().allMatch(item -> others.stream().anyMatch(other -> same(item, other)));
    }

    private boolean same(String given, String right) {
        if (TextChecker.same(given, right)) {
            return true;
        }
        if (Items.enclosed(right)) {
            return Items.enclosed(given) && sameInside(given, right);
        }
        Optional<Quantity> number = Quantity.only(right, DecimalMark.GUESSED)
                .filter(quantity -> quantity.start() == 0
                        && quantity.end() == MathText.plain(right).strip().length());
        return number.isPresent() && sameNumber(given, right, number.get().unit());
    }

    /** "Apollo 11" is no number, and "3 pears" are not "3 apples", while "5000 m" are "5 km". */
    private boolean sameNumber(String given, String right, String unit) {
        String givenUnit = NumberReading.covering(given, DecimalMark.GUESSED)
                .map(Quantity::unit)
                .orElse("");
        if (unit.isEmpty() || givenUnit.isEmpty()) {
            return numbers.matches(given, right);
        }
        return Measure.known(unit)
                && Measure.known(givenUnit)
                && numbers.as(AnswerType.QUANTITY).matches(given, right);
    }

    /** Tuples and intervals have an order, sets in braces have none. */
    private boolean sameInside(String given, String right) {
        int end = right.length() - 1;
        return given.charAt(0) == right.charAt(0)
                && given.charAt(given.length() - 1) == right.charAt(end)
                && new CollectionChecker(right.charAt(0) != '{', numbers)
                        .agree(Items.of(Items.inside(given)), Items.of(Items.inside(right)));
    }

    @Override
    public Optional<String> read(AnswerRegion region) {
        return statement(region)
                .map(CollectionChecker::collection)
                .map(answer -> END.matcher(answer).replaceAll(""))
                .filter(answer -> !answer.isBlank());
    }

    private static Optional<String> statement(AnswerRegion region) {
        return region.marked()
                ? TextChecker.statement(region)
                : Blocks.last(region.text(), true).or(() -> TextChecker.statement(region));
    }

    /** The only group in brackets, if the words before it neither deny it nor leave it open and nothing follows. */
    private static String collection(String statement) {
        String plain = MathText.plain(Doubt.withoutReason(statement));
        List<MatchResult> found = BRACKETS.matcher(plain).results().toList();
        if (found.size() != 1) {
            return plain;
        }
        String before = plain.substring(0, found.get(0).start());
        String after = plain.substring(found.get(0).end());
        boolean covers = after.codePoints().noneMatch(Character::isLetterOrDigit)
                && before.codePoints().noneMatch(c -> Character.isDigit(c) || "([{".indexOf(c) >= 0)
                && !Doubt.denies(before)
                && !Doubt.leavesOpen(before);
        return covers ? found.get(0).group() : plain;
    }
}
