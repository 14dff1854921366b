package org.realm4knime.engine.distill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuestionVariationsTest {

    private static final String LAMP = "Ann buys a lamp for 12.5 and pays 12.5 twice.";
    private static final String VASE = "Bob buys an urn for 30 and pays 30 twice.";

    @Test
    void numbersAndPhrasesOfAnotherQuestionTakeTheirPlaces() {
        Set<String> made = all(List.of(LAMP, VASE), LAMP);
        // name, phrase with its article, and number change each by itself, the number in both places: 2^3 less the two
        // known
        assertThat(made)
                .containsExactlyInAnyOrder(
                        "Bob buys a lamp for 12.5 and pays 12.5 twice.",
                        "Ann buys an urn for 12.5 and pays 12.5 twice.",
                        "Ann buys a lamp for 30 and pays 30 twice.",
                        "Bob buys an urn for 12.5 and pays 12.5 twice.",
                        "Bob buys a lamp for 30 and pays 30 twice.",
                        "Ann buys an urn for 30 and pays 30 twice.");
    }

    @Test
    void questionsOfAnotherShapeGiveNothing() {
        assertThat(all(List.of(LAMP, "What is 3 + 4?"), LAMP)).isEmpty();
        assertThat(all(List.of("one two three 4", "five six seven 8"), "one two three 4"))
                .as("no word in common")
                .isEmpty();
        assertThat(all(List.of("1 + 2", "3 - 4"), "1 + 2")).as("another sign").isEmpty();
        assertThat(all(List.of("1 + 2", "3 + 4"), "1 + 2")).containsExactlyInAnyOrder("3 + 2", "1 + 4");
    }

    @Test
    void theSameSeedMakesTheSame() {
        assertThat(new QuestionVariations(List.of(LAMP, VASE)).of(LAMP, new Random(5)))
                .isEqualTo(new QuestionVariations(List.of(VASE, LAMP)).of(LAMP, new Random(5)));
    }

    private static Set<String> all(List<String> questions, String question) {
        QuestionVariations variations = new QuestionVariations(questions);
        Random random = new Random(1);
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Optional<String> next = variations.of(question, random);
            next.ifPresent(text ->
                    assertThat(made.add(text)).as("never twice: " + text).isTrue());
        }
        return made;
    }
}
