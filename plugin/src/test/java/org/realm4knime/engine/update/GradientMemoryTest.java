package org.realm4knime.engine.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.realm4knime.engine.update.TrainProgramCalls.SCALE;
import static org.realm4knime.engine.update.TrainProgramCalls.gradients;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.realm4knime.engine.torch.TensorScope;
import org.realm4knime.engine.update.TrainProgramCalls.Way;

class GradientMemoryTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatWasInTheMemoryDoesNotMatter(Way way) {
        try (TrainProgramCalls program = new TrainProgramCalls(folder);
                TensorScope scope = new TensorScope();
                GradientMemory memory = new GradientMemory(program.parameters())) {
            List<NDArray> into = memory.ofWorkers(1).get(0);
            double[] otherScale = Arrays.stream(SCALE).map(x -> -3 * x).toArray();
            List<NDArray> expected =
                    gradients(program.supervised(way, SCALE, GradientMemory.none(scope, program.parameters())));
            program.supervised(way, otherScale, into);
            List<NDArray> used =
                    into.stream().filter(tensor -> tensor.size() > 0).toList();
            assertThat(used).isNotEmpty();
            used.forEach(tensor -> tensor.set(notNumbers(tensor)));

            List<NDArray> found = gradients(program.supervised(way, SCALE, into));

            for (int i = 0; i < expected.size(); i++) {
                assertThat(found.get(i).toDoubleArray())
                        .containsExactly(expected.get(i).toDoubleArray());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMatrixHasItsGradientInTheMemory(Way way) {
        try (TrainProgramCalls program = new TrainProgramCalls(folder);
                GradientMemory memory = new GradientMemory(program.parameters())) {
            List<NDArray> into = memory.ofWorkers(1).get(0);

            List<NDArray> found = gradients(program.supervised(way, SCALE, into));

            for (int i = 0; i < found.size(); i++) {
                boolean matrix = program.parameters().get(i).getShape().dimension() > 1;
                assertThat(into.get(i).toDoubleArray())
                        .as("parameter %d", i)
                        .containsExactly(matrix ? found.get(i).toDoubleArray() : new double[0]);
            }
        }
    }

    @Test
    void lastsUntilReleased() {
        try (TensorScope scope = new TensorScope();
                GradientMemory memory = new GradientMemory(List.of(scope.zeros(2, 3)))) {
            NDArray first = memory.ofWorkers(2).get(1).get(0);

            assertThat(memory.ofWorkers(1)).hasSize(2);
            assertThat(memory.ofWorkers(2).get(1).get(0)).isSameAs(first);

            memory.release();
            NDArray second = memory.ofWorkers(2).get(1).get(0);

            assertThat(first.isReleased()).isTrue();
            assertThat(second.isReleased()).isFalse();
        }
    }

    private static double[] notNumbers(NDArray tensor) {
        double[] values = new double[(int) tensor.size()];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
