package org.realm4knime.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelFixtures;
import org.realm4knime.engine.spread.RehearsedMachines;
import org.realm4knime.engine.spread.Spread;

class WritersTest {

    private static final List<String> PROMPTS = IntStream.range(0, 25)
            .mapToObj(i -> "gold member " + "laptop ".repeat(i % 4) + i % 5)
            .toList();
    private static final SamplingSettings SETTINGS = SamplingSettings.sample(12, 1, 5);

    @TempDir
    private Path folder;

    private LanguageModel model;

    @BeforeEach
    void openModel() {
        model = ModelFixtures.model(ModelFixtures.configs().get("llama"), folder, 11);
    }

    @AfterEach
    void closeModel() {
        Spread.over(null);
        model.close();
    }

    private List<List<Completion>> write(int batchSize, Progress progress) throws CanceledJobException {
        return Writers.generate(model, batchSize, PROMPTS, 2, SETTINGS, progress);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void whatIsSpreadIsWhatOneProcessWrites(int places) throws CanceledJobException {
        List<List<Completion>> here = write(4, Progress.silent());
        RehearsedMachines machines = new RehearsedMachines(places);
        Spread.over(machines);
        List<List<Completion>> spread = write(4, Progress.silent());

        assertThat(machines.tasks()).isEqualTo(Math.min(25, Math.max(places, 4)));
        assertThat(spread).hasSameSizeAs(here);
        for (int i = 0; i < here.size(); i++) {
            for (int sample = 0; sample < 2; sample++) {
                Completion one = here.get(i).get(sample);
                Completion other = spread.get(i).get(sample);
                assertThat(other.tokens()).containsExactly(one.tokens());
                assertThat(other.text()).isEqualTo(one.text());
                // parts of a batch are multiplied in other blocks, which round in other places
                assertThat(other.logProbs()).containsExactly(one.logProbs(), within(1e-5f));
            }
        }
    }

    @Test
    void fewRowsOfManyMakeNoPartThatIsLargerThanFourBatches() throws CanceledJobException {
        RehearsedMachines machines = new RehearsedMachines(2);
        Spread.over(machines);
        write(1, Progress.silent());

        assertThat(machines.tasks()).isEqualTo(13);
    }

    @Test
    void aModelIsSharedOnceAsLongAsItsWeightsAreTheSame() throws CanceledJobException {
        RehearsedMachines machines = new RehearsedMachines(2);
        Spread.over(machines);
        write(8, Progress.silent());
        write(8, Progress.silent());
        assertThat(machines.sharedNames()).hasSize(1);

        try (LanguageModel other = ModelFixtures.model(ModelFixtures.configs().get("llama"), folder, 12)) {
            model.assign(other);
        }
        List<List<Completion>> changed = write(8, Progress.silent());
        assertThat(machines.sharedNames()).hasSize(2);
        Spread.over(null);
        assertThat(changed.get(3).get(1).tokens())
                .containsExactly(write(8, Progress.silent()).get(3).get(1).tokens());
    }

    @Test
    void anErrorOfTheEngineIsTheSameWhereverItHappens() {
        Spread.over(new RehearsedMachines(2));
        List<String> tooLong = List.of("gold", "gold", "laptop ".repeat(500));

        assertThatThrownBy(() -> Writers.generate(model, 8, tooLong, 1, SETTINGS, Progress.silent()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Prompt 3 has")
                .hasMessageContaining(model.name());
    }

    @Test
    void canBeCanceled() {
        Spread.over(new RehearsedMachines(2));
        Progress canceled = new Progress() {
            @Override
            public void report(double fraction, String message) {
                // nobody is looking
            }

            @Override
            public void checkCanceled() throws CanceledJobException {
                throw new CanceledJobException();
            }
        };
        assertThatThrownBy(() -> write(8, canceled)).isInstanceOf(CanceledJobException.class);
    }
}
