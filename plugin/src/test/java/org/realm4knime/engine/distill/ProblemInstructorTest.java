package org.realm4knime.engine.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.generate.LocalGenerator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.RolloutSettings;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.route.RouteSource;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

/** Teachers that know by heart two sums that crossing 1 + 2 with 3 + 4 makes; on one of them they disagree. */
class ProblemInstructorTest {

    private static final List<Problem> PROBLEMS =
            List.of(new Problem("a", "1 + 2", "3", null, "sums"), new Problem("b", "3 + 4", "7", null, "sums"));
    private static final AnswerChecker NUMBERS = AnswerChecker.of(AnswerType.NUMBER, 0);

    @TempDir
    Path folder;

    private LanguageModel right;
    private LanguageModel odd;

    @BeforeEach
    void teach() throws CanceledJobException {
        right = teacher("right", "= 5", "= 5");
        odd = teacher("odd", "= 5", "= 9");
    }

    private LanguageModel teacher(String name, String ofThreeAndTwo, String ofOneAndFour) throws CanceledJobException {
        LanguageModel model = TinyModels.small(folder.resolve(name), 3);
        List<SupervisedExample> examples =
                List.of(SupervisedExample.of("3 + 2 :", ofThreeAndTwo), SupervisedExample.of("1 + 4 :", ofOneAndFour));
        SupervisedTrainer.train(
                model,
                examples,
                List.of(),
                SupervisedSettings.of(60, 2, OptimizerSettings.of(1e-2), 1),
                Progress.silent());
        return model;
    }

    @AfterEach
    void close() {
        right.close();
        odd.close();
    }

    @Test
    void whatTeachersAgreeOnIsKept() throws CanceledJobException {
        InstructionResult result = run(Set.of("a"), 0.5);
        assertThat(result.problems()).hasSize(1);
        InstructedProblem kept = result.problems().get(0);
        assertThat(kept.problem().question()).isEqualTo("3 + 2");
        assertThat(kept.problem().answer()).isEqualTo("5");
        assertThat(kept.problem().rationale()).isEqualTo("= 5");
        assertThat(kept.problem().domain()).isEqualTo("sums");
        assertThat(kept.missedId()).isEqualTo("a");
        assertThat(kept.agreement()).isEqualTo(1);
        assertThat(result.disputed()).isEqualTo(1);
        assertThat(result.routes()).extracting(Route::answer).containsExactlyInAnyOrder("5", "5", "5", "9");
        assertThat(run(Set.of("a"), 0.4).problems()).as("one of two is enough").hasSize(2);
    }

    @Test
    void withoutMissedProblemsOrTemplatesItSaysSo() {
        assertThatThrownBy(() -> run(Set.of(), 0.5)).hasMessageContaining("missed none");
        List<Problem> different = List.of(PROBLEMS.get(0), new Problem("c", "what is 3 + 4", "7", null, null));
        assertThatThrownBy(() -> ProblemInstructor.run(
                        different, Set.of("a"), teachers(), NUMBERS, settings(0.5), Progress.silent()))
                .hasMessageContaining("no other question has their shape");
        assertThatThrownBy(() -> settings(1)).hasMessageContaining("agreement of the teachers is 1.0");
    }

    private InstructionResult run(Set<String> missed, double agreement) throws CanceledJobException {
        return ProblemInstructor.run(PROBLEMS, missed, teachers(), NUMBERS, settings(agreement), Progress.silent());
    }

    private List<RouteSource> teachers() {
        return List.of(
                new RouteSource("right", new LocalGenerator(right)), new RouteSource("odd", new LocalGenerator(odd)));
    }

    private static InstructionSettings settings(double agreement) {
        return new InstructionSettings(3, agreement, new RolloutSettings(1, SamplingSettings.sample(6, 0, 1), 4));
    }
}
