package org.realm4knime.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.EngineException;

class TorchProgramTest {

    private static final String SOURCE =
            """
            # a comment
            def scaled(self, x: Tensor, by: Tensor) -> Tensor:
                return torch.mul(x, float(by) * self.unit)

            def total(self, xs: List[Tensor]) -> Tensor:
                return torch.sum(torch.stack(xs))

            def both(self, x: Tensor) -> Tuple[Tensor, Tensor]:
                return (x, torch.neg(x))

            def records(self, x: Tensor) -> Tensor:
                return torch.tensor(ops.prim.requires_grad(torch.mul(x, 2.0)))

            def fails(self, x: Tensor) -> Tensor:

                return torch.matmul(x, torch.cat([x, x], 0))
            """;

    private final TorchProgram program =
            new TorchProgram(new ProgramSource(Map.of("unit", 0.5), Map.of("test.py", SOURCE)));
    private final TensorScope scope = new TensorScope();

    @AfterEach
    void close() {
        scope.close();
        program.close();
    }

    @Test
    void passesTensorsAndNumbersAndConstants() {
        NDArray x = scope.floats(new float[] {1, 2, 3}, 3);

        assertThat(call("scaled", x, 4).toFloatArray()).containsExactly(2, 4, 6);
        assertThat(call("scaled", x, 0.5).toFloatArray()).containsExactly(0.25f, 0.5f, 0.75f);
    }

    @Test
    void passesAListOfTensorsAndAgainInAnotherPlace() {
        NDArray one = scope.scalar(1);
        NDArray two = scope.scalar(2);

        assertThat(call("total", List.of(one, two)).getFloat()).isEqualTo(3);
        assertThat(call("scaled", one, 2).getFloat()).isEqualTo(1);
    }

    @Test
    void returnsATupleAsAList() {
        List<NDArray> both = program.call(scope, "both", scope.scalar(3));

        assertThat(both).extracting(NDArray::getFloat).containsExactly(3f, -3f);
    }

    @Test
    void recordsNothingForGradients() {
        NDArray p = scope.floats(new float[] {1, -3}, 2);
        p.setRequiresGradient(true);

        assertThat(call("records", p).getBoolean()).isFalse();
    }

    @Test
    void resultsBelongToTheScope() {
        NDArray result;
        try (TensorScope inner = new TensorScope()) {
            result = program.call(inner, "scaled", scope.scalar(1), 1).get(0);
            assertThat(result.isReleased()).isFalse();
        }

        assertThat(result.isReleased()).isTrue();
    }

    @Test
    void aKeptResultOutlivesItsScope() {
        NDArray result;
        try (TensorScope inner = new TensorScope()) {
            result =
                    scope.keep(program.call(inner, "scaled", scope.scalar(1), 6).get(0));
        }

        assertThat(result.getFloat()).isEqualTo(3);
    }

    @Test
    void errorsNameTheLineOfTheSourceFile() {
        NDArray x = scope.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

        assertThatThrownBy(() -> call("fails", x))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("fails")
                .hasMessageContaining("test.py:16")
                .hasMessageContaining("cannot be multiplied")
                .hasMessageNotContaining("Traceback");
    }

    @Test
    void anUnknownOperatorIsReportedAtLoading() {
        ProgramSource source = new ProgramSource(
                Map.of(), Map.of("bad.py", "def f(self, x: Tensor) -> Tensor:\n    return torch.no_such(x)\n"));

        assertThatThrownBy(() -> new TorchProgram(source))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("bad.py:2");
    }

    @Test
    void refusesWhatIsNoArgument() {
        assertThatThrownBy(() -> call("total", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call("total", "text")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void worksInAThreadOfAnotherBundleAndRestoresItsClassLoader() throws ExecutionException, InterruptedException {
        ClassLoader foreign = new URLClassLoader(new URL[0], null);
        AtomicReference<ClassLoader> after = new AtomicReference<>();
        CompletableFuture<Float> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (TensorScope inner = new TensorScope()) {
                NDArray x = inner.scalar(8);
                x.setRequiresGradient(true);
                boolean records = program.call(inner, "records", x).get(0).getBoolean();
                result.complete(records ? -1 : x.getFloat());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
            after.set(Thread.currentThread().getContextClassLoader());
        });
        thread.setContextClassLoader(foreign);
        thread.start();
        thread.join();

        assertThat(result.get()).isEqualTo(8);
        assertThat(after.get()).isSameAs(foreign);
    }

    private NDArray call(String method, Object... arguments) {
        return program.call(scope, method, arguments).get(0);
    }
}
