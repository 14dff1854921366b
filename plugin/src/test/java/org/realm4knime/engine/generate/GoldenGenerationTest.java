package org.realm4knime.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.GoldenModel;
import org.realm4knime.engine.model.LanguageModel;

/** Greedy continuations of a batch of prompts against those of transformers.generate, see bench/golden/models.py. */
class GoldenGenerationTest {

    static Stream<String> names() {
        return GoldenModel.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void continuesAsTransformersDoes(String name) throws CanceledJobException {
        GoldenModel golden = GoldenModel.of(name);
        try (LanguageModel model = LanguageModel.read(GoldenModel.directory(name))) {
            List<List<Completion>> all = new Generator(model, golden.prompts().size())
                    .generate(golden.prompts(), 1, SamplingSettings.greedy(golden.newTokens()), Progress.silent());

            for (int i = 0; i < all.size(); i++) {
                Completion completion = all.get(i).get(0);
                assertThat(completion.drawn(-1)).containsExactly(golden.completions()[i]);
                assertThat(completion.logProbs()).containsExactly(golden.completionLogProbs()[i], within(1e-4f));
            }
            assertThat(all).anyMatch(one -> one.get(0).stopId() == golden.stopIds()[1]);
        }
    }
}
