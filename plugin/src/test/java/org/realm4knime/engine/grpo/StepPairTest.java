package org.realm4knime.engine.grpo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.mrpv.Contrasts;
import org.realm4knime.engine.mrpv.RouteVerifier;
import org.realm4knime.engine.mrpv.VerifierSettings;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.update.TinyModels;
import org.realm4knime.engine.update.TrainingSequence;

/** Tokens of the words: 2 to 11 are the digits 0 to 9, 12 is +, 13 is =, 17 is verify, 18 right, 19 wrong, 21 rule. */
class StepPairTest {

    private static final int[] PROMPT = {3, 14};
    private static final int EOS = 1;

    @TempDir
    private Path folder;

    private LanguageModel model;

    @BeforeEach
    void open() {
        model = TinyModels.micro(folder, 1);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private Optional<StepPair> pair(String right, String wrong, int longest) {
        Problem problem = new Problem("p", "q", "3", null, null);
        List<Route> routes = Stream.of(right, wrong)
                .map(text -> new Route("p", "s", 0, text, null, 0, -1, null))
                .toList();
        RouteVerifier verifier = new RouteVerifier(AnswerChecker.of(AnswerType.NUMBER, 0), VerifierSettings.defaults());
        return StepPair.of(
                PROMPT, Contrasts.of("p", verifier.verify(problem, routes), 1).get(0), model.tokenizer(), longest);
    }

    private static void assertTokens(TrainingSequence sequence, int[] prompt, int... completion) {
        assertThat(sequence.prompt()).containsExactly(prompt);
        assertThat(sequence.completion()).containsExactly(completion);
    }

    @Test
    void bothStepsContinueTheRightRouteUpToWhereTheyDiffer() {
        // the same first step, then "rule 1 + 2" against "rule 1 + 5 = 6": they differ from the last digit on
        StepPair pair = pair("verify right\nrule 1 + 2\n= 3", "Verify  right\nrule 1 + 5 = 6\n= 6", 20)
                .orElseThrow();
        int[] shared = {3, 14, 17, 18, 21, 3, 12};
        assertTokens(pair.positive(), shared, 4);
        assertTokens(pair.negative(), shared, 7, 13, 8);
    }

    @Test
    void aRouteThatEndsGoesOnWithTheEndOfSequence() {
        StepPair stops = pair("rule 2 = 3", "rule 2 = 3\n= 4", 20).orElseThrow();
        int[] shared = {3, 14, 21, 4, 13, 5};
        assertTokens(stops.positive(), shared, EOS);
        assertTokens(stops.negative(), shared, 13, 6);

        StepPair goesOn = pair("rule 1\n= 3", "rule 1", 20).orElseThrow();
        assertTokens(goesOn.positive(), new int[] {3, 14, 21, 3}, 13, 5);
        assertTokens(goesOn.negative(), new int[] {3, 14, 21, 3}, EOS);
    }

    @Test
    void nothingIsContrastedWhereOneStepOnlyGoesOnOrARouteIsTooLong() {
        assertThat(pair("1 + 2 = 3", "1 + 2 = 3 + 4", 20)).isEmpty();
        assertThat(pair("rule 1\n= 3", "rule 1\n= 4", 4)).isPresent();
        assertThat(pair("rule 1\n= 3", "rule 1\n= 4", 3)).isEmpty();
    }
}
