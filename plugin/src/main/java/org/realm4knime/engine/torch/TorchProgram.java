package org.realm4knime.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A loaded TorchScript class whose methods can be called: the decoder, a loss with its optimizer step, or a stretch of
 * a generation, each as one call into native code.
 *
 * <p>Programs hold no weights and no state. A call runs on the devices of its arguments.
 */
public final class TorchProgram implements AutoCloseable {

    /** PyTorch's name of the type of a result that is none. */
    private static final String NONE = "NoneType";

    private final ProgramSource source;
    private final NDManager manager;
    private final PtSymbolBlock block;

    TorchProgram(ProgramSource source) {
        this.source = source;
        this.manager = Torch.newManager(Torch.device());
        try {
            block = Torch.run(() -> load(TorchArchive.build(ProgramSource.CLASS_NAME, source.text())));
        } catch (ai.djl.engine.EngineException | IllegalStateException e) {
            manager.close();
            throw TorchErrors.readable("A TorchScript program could not be loaded", e, source);
        }
    }

    /**
     * Compiles a program.
     *
     * @param constants Integer, Double or Boolean values, or lists of them, that the source reads as {@code
     *     config.name}
     * @param resources source files of this package; what they export becomes the methods
     * @return the program
     */
    public static TorchProgram load(Map<String, Object> constants, List<String> resources) {
        return new TorchProgram(ProgramSource.ofResources(constants, resources));
    }

    private PtSymbolBlock load(byte[] archive) {
        try {
            return JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory", e);
        }
    }

    /**
     * Calls a method. Nothing is recorded for gradients: the programs compute theirs themselves.
     *
     * @param scope owner of the result
     * @param method name of the method
     * @param arguments the method's arguments in order: for a {@code Tensor} a tensor, for a {@code List[Tensor]} a
     *     list (not empty), for a {@code Dict[str, Tensor]} a map, for a {@code float} a Double or Float, for an {@code
     *     int} an Integer or Long, for a {@code bool} a Boolean. They are read only, and may be arguments of other
     *     calls at the same time.
     * @return the tensor, or the tensors of the list or tuple, that the method returned; none if it returns None
     * @throws org.realm4knime.engine.EngineException if the program fails, with the line in the source
     */
    public List<NDArray> call(TensorScope scope, String method, Object... arguments) {
        return Torch.run(() -> invoke(scope, method, arguments));
    }

    private List<NDArray> invoke(TensorScope scope, String method, Object... arguments) {
        List<IValue> values = new ArrayList<>();
        try {
            for (int i = 0; i < arguments.length; i++) {
                values.add(value(arguments[i], i));
            }
            // This runs in PyTorch's inference mode: no operation, and no view, is noted down for a gradient. Its
            // results can
            // be changed in place by further calls, not by DJL's own operations.
            try (IValue result = IValueUtils.runMethod(block, method, values.toArray(IValue[]::new))) {
                return result.getType().equals(NONE) ? List.of() : result.toNDList((PtNDManager) scope.manager());
            }
        } catch (ai.djl.engine.EngineException | IllegalStateException e) {
            throw TorchErrors.readable("The computation " + method + " failed", e, source);
        } finally {
            values.forEach(IValue::close);
        }
    }

    private static IValue value(Object argument, int position) {
        if (argument instanceof NDArray tensor) {
            return IValue.from((PtNDArray) tensor);
        } else if (argument instanceof List<?> tensors) {
            if (tensors.isEmpty()) {
                throw new IllegalArgumentException("Argument " + position + " is an empty list of tensors");
            }
            return IValue.listFrom(tensors.toArray(PtNDArray[]::new));
        } else if (argument instanceof Map<?, ?> tensors) {
            Map<String, PtNDArray> named = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> named.put((String) name, (PtNDArray) tensor));
            return IValue.stringMapFrom(named);
        } else if (argument instanceof Double || argument instanceof Float) {
            return IValue.from(((Number) argument).doubleValue());
        } else if (argument instanceof Integer || argument instanceof Long) {
            return IValue.from(((Number) argument).longValue());
        } else if (argument instanceof Boolean flag) {
            return IValue.from(flag.booleanValue());
        }
        throw new IllegalArgumentException("Argument " + position
                + " is not a tensor, a list or map of tensors, a number or a boolean: " + argument);
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
