package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelFixtures;
import org.realm4knime.engine.torch.TensorScope;

/** A long prompt with short completions beside a short prompt with long ones: padding exceeds every sequence. */
class MicroBatchPaddingTest {

    /** The model reads 64 tokens. */
    private static final List<TrainingSequence> SEQUENCES =
            List.of(sequence(58, 3), sequence(58, 4), sequence(5, 30), sequence(5, 20));

    @TempDir
    private Path folder;

    private static TrainingSequence sequence(int prompt, int completion) {
        return TrainingSequence.taught(tokens(prompt), tokens(completion), 1);
    }

    private static int[] tokens(int number) {
        return IntStream.range(0, number).map(i -> 1 + i % 5).toArray();
    }

    static Stream<String> architectures() {
        return ModelFixtures.configs().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void paddingBeyondTheLongestSequenceChangesNothing(String architecture) {
        try (LanguageModel model = ModelFixtures.model(ModelFixtures.configs().get(architecture), folder, 1);
                TensorScope call = new TensorScope();
                MicroBatchCalls calls = new MicroBatchCalls(ModelUpdater.trainables(model, null, 1), false)) {
            calls.reach(MicroBatch.plain(SEQUENCES, 0).length());

            float[] plain = calls.publishedLogProbs(call, MicroBatch.plain(SEQUENCES, 0), 1)
                    .toFloatArray();
            float[] shared = calls.publishedLogProbs(call, MicroBatch.shared(SEQUENCES, 0), 1)
                    .toFloatArray();

            assertThat(shared).hasSize(57).containsExactly(plain, within(1e-4f));
        }
    }
}
