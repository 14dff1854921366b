package org.realm4knime.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.update.WeightStore;

/** Which weights a watch keeps, by what it sees at its looks at 40 held-out problems. */
class WatchDecisionsTest {

    private static final int PROBLEMS = 40;
    private static final int TRIES = 4;

    /** A look: right answers, and right ones among four tries at each problem. */
    private record Look(int right, int rightTries) {}

    /** Problems whose first ones are answered rightly, and whose tries fail from the last one on. */
    private static final class Looks implements HeldOut {
        private final List<Look> looks;
        private int number = -1;
        private int tried;

        Looks(List<Look> looks) {
            this.looks = looks;
        }

        @Override
        public int size() {
            return PROBLEMS;
        }

        @Override
        public boolean hasHelp() {
            return false;
        }

        @Override
        public boolean[] taughtBefore(Progress progress) {
            return new boolean[PROBLEMS];
        }

        @Override
        public boolean[] alone(Progress progress) {
            boolean[] right = new boolean[PROBLEMS];
            Arrays.fill(right, 0, looks.get(++number).right(), true);
            return right;
        }

        @Override
        public int[] tries(int step, Progress progress) {
            tried++;
            int[] right = new int[PROBLEMS];
            for (int i = 0; i < looks.get(number).rightTries(); i++) {
                right[i % PROBLEMS]++;
            }
            return right;
        }

        @Override
        public boolean[] withHelp(Progress progress) {
            throw new AssertionError("there is no help");
        }
    }

    /** Counts what a watch does to the weights. */
    private static final class Weights implements WeightStore {
        private int remembered;
        private int recalled;

        @Override
        public int steps() {
            throw new AssertionError();
        }

        @Override
        public void remember() {
            remembered++;
        }

        @Override
        public void recall() {
            recalled++;
        }

        @Override
        public void save(Path checkpoint) {
            throw new AssertionError();
        }

        @Override
        public void load(Path checkpoint, int stepsTaken, Progress progress) {
            throw new AssertionError();
        }
    }

    private final Weights weights = new Weights();
    private final TrainingHistory history = new TrainingHistory();
    private Looks looks;

    /** Looks after each step; steps before {@code alone} show routes. */
    private TrainingWatch watch(int alone, Look... all) throws CanceledJobException {
        looks = new Looks(new ArrayList<>(List.of(all)));
        TrainingWatch watch =
                new TrainingWatch(new WatchSettings(1, 0.2, 2, 0, true), all.length - 1, 8, looks, weights, history);
        watch.begin(Progress.silent());
        for (int step = 1; step < all.length; step++) {
            LogRow row = step < alone ? LogRowOf.guided(step, 0.5, 3) : LogRowOf.reward(step, 0.5, 0, 0, 60);
            watch.after(step, row, Progress.silent());
        }
        watch.end();
        return watch;
    }

    private String notes() {
        return String.join("\n", history.notes());
    }

    @Test
    void aConvincingLeadIsTaken() throws CanceledJobException {
        watch(1, new Look(30, 100), new Look(35, 90));
        assertThat(notes()).contains("The model is that of step 1");
        assertThat(looks.tried)
                .as("tries are drawn before the training, and where the lead leaves it open")
                .isOne();
    }

    @Test
    void aLeadOfOneProblemIsNotWhileRoutesAreShown() throws CanceledJobException {
        watch(5, new Look(30, 100), new Look(31, 100));
        assertThat(notes()).contains("The model is that of step 0");
    }

    @Test
    void aModelThatStandsAloneIsTakenWhereNothingIsLost() throws CanceledJobException {
        watch(1, new Look(39, 120), new Look(38, 150));
        assertThat(notes())
                .contains("The model is that of step 1")
                .contains("of several tries at each held-out problem 150 are right, 120 at the start");
        assertThat(weights.remembered).isEqualTo(2);
        assertThat(weights.recalled).as("at the end").isOne();
    }

    @Test
    void notWhileRoutesAreShown() throws CanceledJobException {
        watch(5, new Look(39, 120), new Look(39, 150), new Look(39, 150));
        assertThat(notes()).contains("The model is that of step 0");
        assertThat(looks.tried).isOne();
    }

    @Test
    void notWhereSignificantlyFewerTriesAreRight() throws CanceledJobException {
        // four problems have a right try less than before, and one more: chance; then five
        watch(1, new Look(39, 120), new Look(39, 116));
        assertThat(notes()).contains("The model is that of step 1");
        history.notes().clear();
        watch(1, new Look(39, 120), new Look(39, 115));
        assertThat(notes()).contains("The model is that of step 0");
    }

    @Test
    void notWhereAnswersGotWorse() throws CanceledJobException {
        watch(1, new Look(39, 120), new Look(34, 158));
        assertThat(notes()).contains("The model is that of step 0");
    }

    @Test
    void afterItLaterWeightsThatAreAsGoodAreTaken() throws CanceledJobException {
        watch(1, new Look(39, 120), new Look(39, 150), new Look(39, 150), new Look(38, 150));
        assertThat(notes()).contains("The model is that of step 2");
    }

    private TrainingWatch prepared(Look start, Look prepared, Look alone) throws CanceledJobException {
        looks = new Looks(List.of(start, prepared, alone));
        TrainingWatch watch = new TrainingWatch(new WatchSettings(5, 0.2, 2, 0, true), 10, 8, looks, weights, history);
        watch.begin(Progress.silent());
        for (int step = 1; step <= 4; step++) {
            history.rows().add(LogRowOf.reward(step, 0.5, 0, 0, 60));
        }
        watch.beginAnew(3, Progress.silent());
        watch.after(5, LogRowOf.reward(5, 0.5, 0, 0, 60), Progress.silent());
        watch.end();
        return watch;
    }

    @Test
    void weightsThatWerePreparedAreTheOnesToGoBackTo() throws CanceledJobException {
        prepared(new Look(39, 150), new Look(38, 150), new Look(30, 150));
        assertThat(notes()).contains("The model is that of step 3");
        assertThat(history.warnings()).singleElement().asString().contains("from the weights of step 3");
    }

    @Test
    void notWhereThePreparationLostSomething() throws CanceledJobException {
        prepared(new Look(39, 150), new Look(30, 150), new Look(30, 150));
        assertThat(notes()).contains("The model is that of step 0");
    }

    @Test
    void whatComesAfterThePreparationIsTakenLikeWhatComesAfterAStart() throws CanceledJobException {
        prepared(new Look(39, 150), new Look(39, 150), new Look(38, 150));
        assertThat(notes()).contains("The model is that of step 5");
    }
}
