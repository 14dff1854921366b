package org.realm4knime.engine.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Answers of several values, in any order (a set: how often a value is named does not count) or in a given one. */
record CollectionChecker(boolean ordered, NumberChecker numbers) implements AnswerChecker {

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
        if (ordered) {
            return given.size() == right.size()
                    && IntStream.range(0, given.size()).allMatch(i -> same(given.get(i), right.get(i)));
        }
        return contains(given, right) && contains(right, given);
    }

    private boolean contains(List<String> some, List<String> others) {
        return some.stream().allMatch(item -> others.stream().anyMatch(other -> same(item, other)));
    }

    private boolean same(String given, String right) {
        return NormalizedText.of(given).equals(NormalizedText.of(right))
                || Quantity.only(right, DecimalMark.GUESSED).isPresent() && numbers.matches(given, right);
    }

    @Override
    public Optional<String> extract(String completion) {
        return TextChecker.statement(completion)
                .map(statement -> {
                    List<String> found = BRACKETS.matcher(statement)
                            .results()
                            .map(MatchResult::group)
                            .toList();
                    return found.size() == 1 ? found.get(0) : statement;
                })
                .map(answer -> END.matcher(answer).replaceAll(""))
                .filter(answer -> !answer.isBlank());
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
