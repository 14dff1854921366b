package org.realm4knime.engine.answer;

import java.util.Arrays;
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
    private static final Pattern LINES_OR_SEMICOLONS = Pattern.compile("\\s*[;\\n]\\s*");
    private static final Pattern COMMA_AND_SPACE = Pattern.compile("\\s*,\\s+(?:and\\s+|or\\s+)?|\\s+(?:and|or)\\s+");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*(?:and\\s+|or\\s+)?|\\s+(?:and|or)\\s+");

    @Override
    public boolean matches(String candidate, String reference) {
        if (candidate == null) {
            return false;
        }
        List<String> given = items(candidate);
        List<String> right = items(reference);
        if (leavesOpen(candidate, given) && !OR.matcher(reference).find()) {
            return false;
        }
        if (ordered) {
            return given.size() == right.size()
                    && IntStream.range(0, given.size()).allMatch(i -> same(given.get(i), right.get(i)));
        }
        return contains(given, right) && contains(right, given);
    }

    /** "1, 2 or 3" may name three values, while "1, 2 or 1, 3" and "1 or 1, 2" leave open which. */
    private boolean leavesOpen(String answer, List<String> items) {
        Matcher or = OR.matcher(answer);
        return or.find() && (ordered || items(answer.substring(or.end())).size() > 1 || named(items) < items.size());
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
        return TextChecker.same(given, right)
                || Quantity.only(right, DecimalMark.GUESSED).isPresent() && numbers.matches(given, right);
    }

    @Override
    public Optional<String> read(AnswerRegion region) {
        return TextChecker.statement(region)
                .map(CollectionChecker::collection)
                .map(answer -> END.matcher(answer).replaceAll(""))
                .filter(answer -> !answer.isBlank());
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
                && before.codePoints().noneMatch(Character::isDigit)
                && !Doubt.denies(before)
                && !Doubt.leavesOpen(before);
        return covers ? found.get(0).group() : plain;
    }

    /** Semicolons or lines separate if there are any, then a comma with a space, then a comma alone. */
    static List<String> items(String text) {
        String plain = MathText.plain(text).strip();
        if (BRACKETS.matcher(plain).matches()) {
            plain = plain.substring(1, plain.length() - 1);
        }
        Pattern separator = LINES_OR_SEMICOLONS.matcher(plain).find()
                ? LINES_OR_SEMICOLONS
                : plain.contains(", ") ? COMMA_AND_SPACE : COMMA;
        return Arrays.stream(separator.split(plain))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
