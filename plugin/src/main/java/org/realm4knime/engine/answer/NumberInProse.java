package org.realm4knime.engine.answer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds the number that a text without a mark comes to: in its last sentence that holds one, the result of the last
 * equation, else the last number. A sentence that asks, hedges or denies states none, nor does one that lists numbers.
 */
final class NumberInProse {

    private static final Pattern DIGIT = Pattern.compile("\\d");
    private static final Pattern CALCULATES =
            Pattern.compile("(?s)\\s*[-+*/^]\\s*(?:[\\d(.\u221A\\\\]|\\p{L}(?!\\p{L})).*");
    private static final Pattern HEDGED = Pattern.compile(
            "(?iu)\\b(?:either|maybe|perhaps|possibly|might|could be|unsure|not sure|guess|between|unknown"
                    + "|vielleicht|eventuell|entweder|zwischen|vermutlich|unsicher|peut-\u00EAtre|entre"
                    + "|quiz\u00E1s?)\\b");
    private static final Pattern DENIED = Pattern.compile(
            "(?iu)(?:\\b(?:not|never|than|neither|nor|cannot be|nicht|nie|kein(?:e[nrs]?)?|als|weder|noch"
                    + "|pas|jamais|nunca|ni|no es)|n['\u2019]t)\\s+"
                    + "(?:be\\s+|exactly\\s+|equal\\s+(?:to\\s+)?|\\p{Sc})?$");
    /** Words that make another number of the one behind them, or the name of something. */
    private static final Pattern CHANGED = Pattern.compile(
            "(?iu)\\b(?:at (?:least|most)|over|under|up to|nearly|almost|half(?: of)?|twice|double|triple"
                    + "|(?:thirds?|quarters?|multiples?|factors?|powers?|roots?) of"
                    + "|log|ln|sin|cos|tan|exp|gcd|lcm|steps?|pages?|questions?|problems?"
                    + "|mindestens|h\u00F6chstens|wenigstens|maximal|knapp|fast|\u00FCber|unter|bis zu|h\u00E4lfte von"
                    + "|au (?:moins|plus|maximum)|(?:plus|moins|moiti\u00E9|m\u00E1s|menos|mitad) de"
                    + "|al menos|hasta)\\s+\\p{Sc}?$");

    private static final Pattern AFTER_A_NUMBER =
            Pattern.compile("(?i)\\d[%\\p{Sc})\\s]*(?:(?:,|;|/|&|-|\\bto\\b|\\bof\\b|\\band\\b)"
                    + "\\s*(?:and|or)?\\s*)[(\\s\\p{Sc}]*$"
                    + "|\\d.{0,40}\\b(?:or|oder|ou)\\s+(?:\\p{L}{1,12}\\s+(?:is|equals|ist|est|es)\\s+)?[(\\p{Sc}]*$");
    /** The name of a value that is given a second one: {@code x = 3, x = }. */
    private static final Pattern SAME_NAME =
            Pattern.compile("(?<!\\p{L})(\\p{L}\\w?)\\s*=[^=,;]{1,20}[,;]\\s*(?:(?:and|or)\\s+)?\\1\\s*[=\u2248]$");

    private static final Pattern PART_BEFORE =
            Pattern.compile("[\\p{L}\\d)\\]]\\s?[*/^+]\\s?[({\\s]*$|[\\^_\\\\\u221A]\\s?[({]*$|\\d\\s?[:/]\\s?$"
                    + "|(?:^|[\\s(])[\\p{L}&&[^aAiI]]\\s?[-+*/]\\s?$|[<>\u2264\u2265\u2260\\p{L})]\\($"
                    + "|}\\{$|[<>\u2264\u2265\u2260]\\s*$|sqrt[({\\s]*$|\\d\\s+$");
    private static final Pattern PART_AFTER =
            Pattern.compile("\\s?[\\^\\\\\u221A\u03C0*]|!(?=\\S)|:\\d|\\s?[+/-]\\s?(?:[\\d(\u221A]|\\p{L}(?!\\p{L}))"
                    + "|\\s?(?:of|out of|or|to|choose|mod)\\s+\\p{Sc}?\\d|[(]|\\s?\u2030|(?:k|K|M|B|bn|mn|mio|mrd)\\b"
                    + "|\\s?\\+(?!\\d)|\\s(?:and|plus)\\s(?:an?\\s|one\\s)?(?:half|halves|quarter|third)\\b"
                    + "|\\s(?:or\\s(?:so|more|less|fewer)|and\\s(?:more|above|below|up))\\b");

    /** Between the parts of a quantity. */
    private static final Pattern JOINS = Pattern.compile("(?i)\\s*+(?:[,&]|and|und|et|y)?\\s*+");

    private static final int CONTEXT = 100;

    private NumberInProse() {}

    /**
     * Finds the number.
     *
     * @param text a text without thoughts and marks
     * @param mark how comma and point are read
     * @return the number; empty if the text states none
     */
    static Optional<Quantity> last(String text, DecimalMark mark) {
        if (severalAlone(text, mark)) {
            return Optional.empty();
        }
        List<String> sentences = Sentences.of(text);
        for (int i = sentences.size() - 1; i >= 0; i--) {
            String[] clauses = Sentences.CONCLUSION.split(sentences.get(i));
            for (int c = clauses.length - 1; c >= 0; c--) {
                String plain = NumberReading.inSymbols(MathText.plain(Sentences.bare(clauses[c])));
                plain = Quantity.withGroupSpaces(plain);
                if (DIGIT.matcher(plain).find() && !Quantity.all(plain, mark).isEmpty()) {
                    boolean open = sentences.get(i).endsWith("?")
                            || HEDGED.matcher(plain).find();
                    return open || retracted(sentences, i) ? Optional.empty() : in(plain, mark);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a text ends in lines of which each is a number: two solutions, one a line. */
    private static boolean severalAlone(String text, DecimalMark mark) {
        Optional<String> lines = Blocks.last(text, true);
        return lines.isPresent()
                && lines.get().lines().allMatch(line -> NumberReading.covering(Items.withoutBullet(line), mark)
                        .isPresent());
    }

    private static boolean retracted(List<String> sentences, int index) {
        return index + 1 < sentences.size()
                && !Doubt.withRetraction("", sentences.get(index + 1), 0).isEmpty();
    }

    private static Optional<Quantity> in(String plain, DecimalMark mark) {
        int equals = Math.max(plain.lastIndexOf('='), plain.lastIndexOf('\u2248'));
        String tail = Quantity.withGroupSpaces(plain.substring(equals + 1));
        List<Quantity> results = equals < 0 ? List.of() : Quantity.all(tail, mark);
        if (results.isEmpty()) {
            List<Quantity> all = Quantity.all(plain, mark);
            return Optional.of(all.get(all.size() - 1))
                    .filter(number -> stands(plain, number) && !isPart(number, all, plain));
        }
        String before = plain.substring(Math.max(0, equals - CONTEXT), equals);
        boolean another = before.matches("(?s).*\\b(?:or|oder|ou)\\b[^=]*")
                || SAME_NAME.matcher(plain.substring(0, equals + 1)).find();
        return another
                ? Optional.empty()
                : Optional.of(results.get(0)).filter(number -> stands(tail, number) && !isPart(number, results, tail));
    }

    /** Whether a number is only a part of a quantity: 2 hours 30 minutes, 4 euros and 50 cents, 2h30. */
    private static boolean isPart(Quantity number, List<Quantity> all, String text) {
        boolean goesOn = number.end() < text.length() && Character.isDigit(text.charAt(number.end()));
        return goesOn
                || IntStream.range(1, all.size()).anyMatch(i -> {
                    Quantity first = all.get(i - 1);
                    Quantity second = all.get(i);
                    String between = text.substring(first.end(), second.start());
                    boolean one = between.isEmpty()
                            || JOINS.matcher(between).matches() && Measure.isDivided(first.unit(), second.unit());
                    return one && (number.equals(first) || number.equals(second));
                });
    }

    /** Whether a number stands for itself in a text, rather than being part of an expression, a list or a denial. */
    private static boolean stands(String text, Quantity number) {
        String before = text.substring(Math.max(0, number.start() - CONTEXT), number.start());
        int at = text.indexOf(number.number(), number.start());
        int end = at < 0 ? number.end() : at + number.number().length();
        String after = text.substring(number.end(), Math.min(text.length(), number.end() + CONTEXT));
        String behindDigits = text.substring(end, Math.min(text.length(), end + CONTEXT));
        return NumberReading.unit(text, number)
                && !PART_BEFORE.matcher(before).find()
                && !DENIED.matcher(before).find()
                && !CHANGED.matcher(before).find()
                && !AFTER_A_NUMBER.matcher(before).find()
                && !CALCULATES.matcher(behindDigits).matches()
                && !PART_AFTER.matcher(behindDigits).lookingAt()
                && !after.matches("(?s)\\s*\\bor\\b\\s+\\p{Sc}?\\d.*");
    }
}
