package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random answers in random sentences. Whether an answer is right is known from how it was made, not from reading it:
 * values are drawn first and written afterwards.
 */
class RewardFuzzTest {

    /** Of each kind and seed; -Dreward.cases=20000 was run once, and found no more. */
    private static final int CASES = Integer.getInteger("reward.cases", 8_000);

    /** What is asked, what is right, and what is wrong and near to it. */
    private record Drawn(AnswerChecker checker, String reference, String right, String wrong) {}

    private enum Kind {
        NUMBER {
            @Override
            Drawn draw(Random random) {
                BigDecimal value = number(random);
                BigDecimal other = near(value, random);
                return new Drawn(
                        AnswerChecker.of(AnswerType.NUMBER, 0),
                        value.toPlainString(),
                        written(value, random),
                        written(other, random));
            }
        },
        LABEL {
            @Override
            Drawn draw(Random random) {
                List<String> labels = new ArrayList<>(LABELS.get(random.nextInt(LABELS.size())));
                Collections.shuffle(labels, random);
                String right = labels.get(0);
                return new Drawn(
                        AnswerChecker.ofLabels(labels), right, cased(right, random), cased(labels.get(1), random));
            }
        },
        LIST {
            @Override
            Drawn draw(Random random) {
                List<Integer> values = items(random);
                List<Integer> wrong = new ArrayList<>(values);
                change(wrong, random, true);
                return new Drawn(AnswerChecker.of(AnswerType.LIST, 0), joined(values), joined(values), joined(wrong));
            }
        },
        SET {
            @Override
            Drawn draw(Random random) {
                List<Integer> values = items(random);
                List<Integer> shuffled = new ArrayList<>(values);
                Collections.shuffle(shuffled, random);
                List<Integer> wrong = new ArrayList<>(values);
                change(wrong, random, false);
                return new Drawn(AnswerChecker.of(AnswerType.SET, 0), joined(values), joined(shuffled), joined(wrong));
            }
        },
        CHOICE {
            @Override
            Drawn draw(Random random) {
                List<String> letters = new ArrayList<>(List.of("A", "B", "C", "D", "E"));
                Collections.shuffle(letters, random);
                String frame = List.of("%s", "(%s)", "%s)").get(random.nextInt(3));
                return new Drawn(
                        AnswerChecker.of(AnswerType.MULTIPLE_CHOICE, 0),
                        letters.get(0),
                        frame.formatted(letters.get(0)),
                        frame.formatted(letters.get(1)));
            }
        },
        TEXT {
            @Override
            Drawn draw(Random random) {
                List<String> words = new ArrayList<>(WORDS);
                Collections.shuffle(words, random);
                int length = 1 + random.nextInt(3);
                String right = String.join(" ", words.subList(0, length));
                String wrong = String.join(" ", words.subList(random.nextInt(2) + 1, length + 2));
                return new Drawn(
                        AnswerChecker.of(AnswerType.TEXT, 0), right, cased(right, random), cased(wrong, random));
            }
        };

        abstract Drawn draw(Random random);
    }

    private static final List<List<String>> LABELS = List.of(
            List.of("approve", "refer", "decline"),
            List.of("eligible", "not eligible"),
            List.of("yes", "no"),
            List.of("approve", "approve with conditions", "decline"),
            List.of("low", "medium", "high", "very high"),
            List.of("cat", "category", "catalog"));

    private static final List<String> WORDS =
            List.of("river", "stone", "market", "silver", "window", "garden", "bridge", "candle");

    /** Sentences that state an answer, %1$s. They may name another one, %2$s, and leave no doubt which is meant. */
    private static final List<String> CLEAR = List.of(
            "The answer is %1$s.",
            "the answer is: %1$s",
            "**Answer:** %1$s",
            "The answer is **%1$s**.",
            "So the final answer is %1$s.",
            "#### %1$s",
            "Therefore, the answer is %1$s.",
            "<answer>%1$s</answer>",
            "$\\boxed{%1$s}$",
            "{\"answer\": \"%1$s\"}",
            "<think>Is it %2$s? The answer is %2$s.</think>The answer is %1$s.",
            "The answer is %2$s.\nWait, that is wrong.\nThe answer is %1$s.",
            "First I thought of %2$s. That was wrong. The answer is %1$s.",
            "Another route says %2$s, but that is wrong. The answer is %1$s.");

    /** Sentences that leave open which of two is meant, or deny the second one. */
    private static final List<String> OPEN = List.of(
            "The answer is %1$s or %2$s.",
            "The answer is either %2$s or %1$s.",
            "The answer is not %2$s.",
            "The answer is %1$s, not %2$s.",
            "The answer is %2$s. No, the answer is %1$s.",
            "The answer could be %2$s.",
            "<answer>%2$s</answer> <answer>%1$s</answer>",
            "I do not know whether the answer is %2$s.",
            "If the answer were %2$s, all would be well.",
            "His previous answer is %2$s.",
            "A wrong answer is %2$s.",
            "The answer is %2$s? The answer is %1$s.",
            "It is %2$s or it is %1$s.",
            "The answer is neither %1$s nor %2$s.",
            "The answer is anything but %2$s.",
            "One might say that the answer is %2$s.",
            "The answer is %2$s, or maybe %1$s.",
            "The answer is %1$s. The other answer was %2$s.",
            "Answer: %2$s\nAnswer: %1$s",
            "\\boxed{%2$s} \\boxed{%1$s}",
            "#### %2$s\n#### %1$s");

    private static BigDecimal number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> BigDecimal.valueOf(random.nextInt(20));
            case 1 -> BigDecimal.valueOf(random.nextInt(2_000) - 1_000);
            case 2 -> BigDecimal.valueOf(random.nextInt(10_000_000));
            default -> BigDecimal.valueOf(random.nextInt(100_000), 1 + random.nextInt(2));
        };
    }

    /** Another number that a careless reader may take for the value. */
    private static BigDecimal near(BigDecimal value, Random random) {
        BigDecimal other =
                switch (random.nextInt(7)) {
                    case 0 -> value.negate();
                    case 1 -> value.multiply(BigDecimal.TEN);
                    case 2 -> value.add(BigDecimal.ONE);
                    case 3 -> value.movePointLeft(1);
                    case 4 -> new BigDecimal(value.toPlainString() + random.nextInt(10));
                    case 5 -> value.add(new BigDecimal("0.5"));
                    default -> number(random);
                };
        return other.compareTo(value) == 0 ? value.add(BigDecimal.ONE) : other;
    }

    /** With at most two decimals a point is never one between thousands, nor is a comma then one before decimals. */
    private static String written(BigDecimal value, Random random) {
        String plain = value.stripTrailingZeros().scale() > 2
                ? value.toPlainString() + "0"
                : value.stripTrailingZeros().toPlainString();
        return switch (random.nextInt(5)) {
            case 0 ->
                String.format(Locale.ROOT, "%,d", value.toBigInteger())
                        .concat(plain.contains(".") ? plain.substring(plain.indexOf('.')) : "")
                        .transform(text -> value.signum() < 0 && !text.startsWith("-") ? "-" + text : text);
            case 1 -> value.signum() >= 0 ? "$" + plain : plain;
            case 2 -> plain.contains(".") ? plain : plain + ".0";
            case 3 -> plain + " apples";
            default -> plain;
        };
    }

    private static List<Integer> items(Random random) {
        return random.ints(0, 60)
                .distinct()
                .limit(2 + random.nextInt(4))
                .boxed()
                .collect(Collectors.toList());
    }

    private static void change(List<Integer> values, Random random, boolean order) {
        switch (random.nextInt(order ? 4 : 3)) {
            case 0 -> values.remove(random.nextInt(values.size()));
            case 1 -> values.add(random.nextInt(values.size() + 1), 60 + random.nextInt(40));
            case 2 -> values.set(random.nextInt(values.size()), 60 + random.nextInt(40));
            default -> Collections.rotate(values, 1);
        }
    }

    private static String joined(List<Integer> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String cased(String text, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
            default -> text;
        };
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static boolean rewarded(Drawn drawn, String completion) {
        return drawn.checker().extractRight(completion, drawn.reference()).isPresent();
    }

    private static List<String> misjudged(Kind kind, int seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> kind.draw(random))
                .limit(CASES)
                .flatMap(drawn -> {
                    String right = one(CLEAR, random).formatted(drawn.right(), drawn.wrong());
                    String wrong = one(CLEAR, random).formatted(drawn.wrong(), drawn.right());
                    String open = one(OPEN, random).formatted(drawn.wrong(), drawn.right());
                    return Stream.of(
                                    rewarded(drawn, right) ? "" : "not rewarded: " + right,
                                    rewarded(drawn, wrong) ? "rewarded: " + wrong : "",
                                    rewarded(drawn, open) ? "rewarded: " + open : "")
                            .filter(text -> !text.isEmpty())
                            .map(text -> text + " | " + drawn.reference());
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsRightIsRewardedAndNothingElse(Kind kind) {
        List<String> misjudged = misjudged(kind, 1);

        assertThat(misjudged).as("%d of %d", misjudged.size(), 3 * CASES).isEmpty();
    }
}
