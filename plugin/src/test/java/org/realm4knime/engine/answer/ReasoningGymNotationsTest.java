package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers of reasoning-gym's families of tasks. Whether one is right is what the family's own scorer says: 1 is right,
 * and anything less is wrong.
 */
class ReasoningGymNotationsTest {

    private static final String LINE_BREAK = "¶";

    /** Where an answer of one line and one of several may stand. */
    private static final List<String> FRAMES = List.of(
            "The answer is %s.", "Answer: %s", "\\boxed{%s}", "<answer>%s</answer>", "I check it once more.\n\n%s");

    private static final List<String> FRAMES_OF_LINES = List.of(
            "The answer is:\n%s",
            "Answer:\n%s", "\\boxed{%s}", "<answer>\n%s\n</answer>", "I check it once more.\n\n%s");

    /** A line of the resource. */
    private record Case(AnswerType type, String reference, String candidate, boolean right) {

        static Case of(String line) {
            String[] fields = line.replace(LINE_BREAK, "\n").split("\t");
            return new Case(AnswerType.valueOf(fields[1]), fields[2], fields[3], fields[4].equals("right"));
        }

        long rewarded() {
            AnswerChecker checker = AnswerChecker.of(type, 0);
            return frames().filter(frame -> checker.extractRight(frame.formatted(candidate), reference)
                            .isPresent())
                    .count();
        }

        Stream<String> frames() {
            return (candidate.indexOf('\n') < 0 ? FRAMES : FRAMES_OF_LINES).stream();
        }
    }

    private static List<Case> cases() throws IOException, URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(ReasoningGymNotationsTest.class.getResource("reasoning-gym.tsv"))
                .toURI());
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Case::of)
                .toList();
    }

    @Test
    void noWrongAnswerIsRewarded() throws IOException, URISyntaxException {
        assertThat(cases())
                .hasSizeGreaterThan(200)
                .filteredOn(one -> !one.right())
                .allSatisfy(wrong -> assertThat(wrong.rewarded()).isZero());
    }

    @Test
    void rightAnswersAreRewardedWhereverTheyStand() throws IOException, URISyntaxException {
        assertThat(cases()).filteredOn(Case::right).hasSizeGreaterThan(50).allSatisfy(right -> assertThat(
                        right.rewarded())
                .isEqualTo(right.frames().count()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "TEXT | The answer is:¶3 0 0 | 3¶0¶0",
                "TEXT | The answer is:¶1 2¶3 4 | 1 2 3 4",
                "TEXT | The answer is:¶2 2¶2 2¶2 2 | 2 2 2¶2 2 2",
                "TEXT | The answer is:¶_ Q¶Q _ | Q _¶_ Q",
                "TEXT | \\boxed{.Q..¶...Q} | Q...¶...Q",
                "TEXT | The answer is:¶❌✅¶✅❌ | ✅❌¶❌✅",
                "TEXT | The answer is row ✅. | row ❌",
                "TEXT | The answer is b a. | a b a",
                "TEXT | The answer is may, free. | the, may, free",
                "TEXT | The answer is of, by, the, the. | of, by, the",
                "TEXT | The answer is all terms the of it. | all the terms of it",
                "TEXT | The answer is by the the. | by the",
                "TEXT | The answer is -b. | a - b",
                "TEXT | The answer is A →  → B. | A → A → B",
                "TEXT | The answer is (3 - 2). | (3, -2)",
                "TEXT | The answer is [[\"a b\", \"c\"]]. | [[\"a\", \"b c\"]]",
                "TEXT | The answer is 49**(85 - 1)/14. | 49*(85 - 1)/14",
                "TEXT | The answer is exp(6**x). | exp(6*x)",
                "LIST | The answer is [[\"b\", \"a\"]]. | [[\"a\", \"b\", \"a\"]]",
                "LIST | The answer is [[\"c\" \"d\"]]. | [[\"c\", \"d\"]]",
                "NUMBER | The answer is --204. | -204",
                "NUMBER | So it is 0..109375 | 0.109375",
                "FRACTION | The answer is $\\dfrac{196}{27}1$. | 196/271",
                "FRACTION | The answer is \\frac123. | 1/23",
                "FRACTION | The answer is 1$10/631$. | 110/631",
            })
    void theFormCounts(AnswerType type, String completion, String reference) {
        assertThat(rewarded(type, completion, reference)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "TEXT | The answer is:¶3¶0¶0 | 3¶0¶0",
                "TEXT | The answer is:¶4.25 4.5¶4.75 5.0 | 4.25 4.5¶4.75 5.0",
                "TEXT | It is solved.¶¶❌✅¶✅❌ | ❌✅¶✅❌",
                "TEXT | \\boxed{.Q..¶Q...} | .Q..¶Q...",
                "TEXT | The answer is __Paris__. | Paris",
                "TEXT | The answer is Paris ✅ | Paris",
                "TEXT | The answer is **x**. | x",
                "TEXT | The answer is **3**(three). | 3(three)",
                "TEXT | The answer is -6*x**2 + 3*x + C. | -6*x**2 + 3*x + C",
                "TEXT | The answer is -6x^2 + 3x. | -6*x**2 + 3*x",
                "TEXT | The answer is x ** 2. | x**2",
                "TEXT | The answer is hence. | hence",
                "TEXT | The answer is therefore 5 apples. | 5 apples",
                "TEXT | The answer is the Eiffel Tower. | Eiffel Tower",
                "TEXT | The answer is a history of the world. | history of the world",
                "TEXT | The answer is:¶Disk 1 to peg 2¶Disk 2 to peg 3 | Disk 1 to peg 2¶Disk 2 to peg 3",
                "TEXT | The answer is [\"w,D1\",\"B,B3\"]. | [\"w,D1\", \"B,B3\"]",
                "LIST | The answer is [¶ [1, 2],¶ [3, 4]¶]. | [[1, 2], [3, 4]]",
                "LIST | It is solved.¶[¶ [¶  1,¶  2¶ ],¶ [3, 4]¶] | [[1, 2], [3, 4]]",
                "LIST | The answer is [1, 2,¶3, 4]. | [1, 2, 3, 4]",
                "LIST | The answer is [\"a\",\"b\", \"c, d\"]. | [\"a\", \"b\", \"c, d\"]",
                "SET | The answer is \"red, blue\". | blue, red",
                "NUMBER | The answer is 1.5e-7. | 0.00000015",
                "FRACTION | The answer is $\\frac{196}{271}$. | 196/271",
            })
    void theSameFormIsRead(AnswerType type, String completion, String reference) {
        assertThat(rewarded(type, completion, reference)).isTrue();
    }

    @Test
    void numbersWithExponentsAreNumbers() {
        assertThat(AnswerType.guess(List.of("1.7574418454559584e-22", "-527.9038", "1.0")))
                .isEqualTo(AnswerType.NUMBER);
    }

    private static boolean rewarded(AnswerType type, String completion, String reference) {
        return AnswerChecker.of(type, 0)
                .extractRight(completion.replace(LINE_BREAK, "\n"), reference.replace(LINE_BREAK, "\n"))
                .isPresent();
    }
}
