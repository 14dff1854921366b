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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.EngineException;

class TorchProgramTest {

    private static final String SOURCE =
            """
            \"\"\"A file.

            Of several lines.
            \"\"\"

            from typing import (
                Dict,
                List,
            )

            import torch  # a comment


            class Pair(NamedTuple):
                \"\"\"Two tensors.\"\"\"

                first: Tensor  # [n]
                second: Optional[Tensor]


            def negated(pair: Pair) -> Tensor:
                \"\"\"Return the first, negated.\"\"\"
                return -pair.first


            @torch.jit.export
            def scaled(x: Tensor, by: float) -> Tensor:
                \"\"\"Return x times by times a constant.\"\"\"
                return x * (by * config.unit)


            @torch.jit.export
            def repeated(x: Tensor, times: int, again: bool) -> Tensor:
                return x.repeat(2 * times if again else times)


            @torch.jit.export
            def total(xs: List[Tensor]) -> Tensor:
                return torch.stack(xs).sum()


            @torch.jit.export
            def difference(
                named: Dict[str, Tensor],
            ) -> Tensor:
                return named["a"] - named["b"]


            @torch.jit.export
            def both(x: Tensor) -> Tuple[Tensor, Tensor]:
                return x, negated(Pair(first=x, second=None))


            @torch.jit.export
            def doubled(x: Tensor) -> None:
                x.mul_(2)


            @torch.jit.export
            def rounded(x: Tensor) -> Tensor:
                return F.silu(x).to(torch.bfloat16).to(torch.float32) * math.sqrt(4)


            @torch.jit.export
            def records(x: Tensor) -> Tensor:
                return torch.tensor((x * 2.0).requires_grad)


            @torch.jit.export
            def fails(x: Tensor) -> Tensor:

                return x @ torch.cat([x, x], 0)
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

        assertThat(call("scaled", x, 4.0).toFloatArray()).containsExactly(2, 4, 6);
        assertThat(call("scaled", x, 0.5f).toFloatArray()).containsExactly(0.25f, 0.5f, 0.75f);
        assertThat(call("repeated", x, 1, false).toFloatArray()).containsExactly(1, 2, 3);
        assertThat(call("repeated", x, 1L, true).toFloatArray()).containsExactly(1, 2, 3, 1, 2, 3);
    }

    @Test
    void passesAListOfTensorsAndAgainInAnotherPlace() {
        NDArray one = scope.scalar(1);
        NDArray two = scope.scalar(2);

        assertThat(call("total", List.of(one, two)).getFloat()).isEqualTo(3);
        assertThat(call("scaled", one, 2.0).getFloat()).isEqualTo(1);
        assertThat(call("total", List.of(one, two, one, one)).getFloat()).isEqualTo(5);
    }

    @Test
    void passesAMapOfTensors() {
        NDArray one = scope.scalar(1);

        assertThat(call("difference", Map.of("a", scope.scalar(5), "b", one)).getFloat())
                .isEqualTo(4);
        assertThat(call("difference", Map.of("a", one, "b", one)).getFloat()).isZero();
    }

    /** Other calls may have the same tensor as an argument at the same time. */
    @Test
    void leavesTheNamesOfTensorsAlone() {
        NDArray one = scope.scalar(1);
        one.setName("mine");

        call("total", List.of(one, one));

        assertThat(one.getName()).isEqualTo("mine");
    }

    @Test
    void returnsNothingIfTheMethodDoes() {
        NDArray x = scope.scalar(3);

        assertThat(program.call(scope, "doubled", x)).isEmpty();
        assertThat(x.getFloat()).isEqualTo(6);
    }

    /** silu(20) is 20 up to 4e-8, which bfloat16 rounds to 20. */
    @Test
    void knowsThePythonNamesOfTypesAndFunctions() {
        assertThat(call("rounded", scope.scalar(20)).getFloat()).isEqualTo(40);
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
            result = program.call(inner, "scaled", scope.scalar(1), 1.0).get(0);
            assertThat(result.isReleased()).isFalse();
        }

        assertThat(result.isReleased()).isTrue();
    }

    @Test
    void aKeptResultOutlivesItsScope() {
        NDArray result;
        try (TensorScope inner = new TensorScope()) {
            result = scope.keep(
                    program.call(inner, "scaled", scope.scalar(1), 6.0).get(0));
        }

        assertThat(result.getFloat()).isEqualTo(3);
    }

    @Test
    void errorsNameTheLineOfTheSourceFile() {
        NDArray x = scope.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

        assertThatThrownBy(() -> call("fails", x))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("fails")
                .hasMessageContaining("test.py:" + lineOf("return x @ torch.cat"))
                .hasMessageContaining("cannot be multiplied")
                .hasMessageNotContaining("Traceback");
    }

    @Test
    void anUnknownOperatorIsReportedAtLoading() {
        ProgramSource source = new ProgramSource(
                Map.of(),
                Map.of("bad.py", "@torch.jit.export\ndef f(x: Tensor) -> Tensor:\n    return torch.no_such(x)\n"));

        assertThatThrownBy(() -> new TorchProgram(source))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("bad.py:3");
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

    private static int lineOf(String code) {
        List<String> lines = SOURCE.lines().toList();
        return 1
                + IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).contains(code))
                        .findFirst()
                        .orElseThrow();
    }

    private NDArray call(String method, Object... arguments) {
        return program.call(scope, method, arguments).get(0);
    }
}
