package org.realm4knime.engine.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A loaded TorchScript class whose methods can be called: the decoder, a loss with its optimizer step, or a stretch of
 * a generation, each as one call into native code.
 *
 * <p>Programs hold no weights and no state. A call runs on the devices of its arguments.
 */
public final class TorchProgram implements AutoCloseable {

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
     * @param constants Integer, Double or Boolean values that the source reads as {@code self.name}
     * @param resources source files of this package, whose functions become the methods
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
     * <p>An argument is a tensor, a list of tensors (not empty), or a number or boolean, which arrives as a scalar
     * tensor on the processor (float64 for Double and Float, int64 otherwise). A tensor may be given only once in a
     * call.
     *
     * @param scope owner of the result
     * @param method name of the method
     * @param arguments the method's arguments in order
     * @return the tensor, or the tensors of the list or tuple, that the method returned
     * @throws org.realm4knime.engine.EngineException if the program fails, with the line in the source
     */
    public List<NDArray> call(TensorScope scope, String method, Object... arguments) {
        return Torch.run(() -> invoke(scope, method, arguments));
    }

    private List<NDArray> invoke(TensorScope scope, String method, Object... arguments) {
        // The flag that DJL calls training selects, when false, PyTorch's inference mode: no operation, and no view, is
        // noted down for a gradient. Its results can be changed in place by further calls, not by DJL's own operations.
        try (NDManager temporary = scope.manager().newSubManager(Device.cpu());
                NDArray tag = methodTag(scope, method)) {
            NDList inputs = new NDList(arguments.length + 1);
            inputs.add(tag);
            for (int i = 0; i < arguments.length; i++) {
                addArgument(inputs, arguments[i], i, temporary);
            }
            return IValueUtils.forward(block, inputs, false);
        } catch (ai.djl.engine.EngineException | IllegalStateException e) {
            throw TorchErrors.readable("The computation " + method + " failed", e, source);
        }
    }

    /** DJL takes the method's name from the name of an array, and gives the result to the first array's manager. */
    private static NDArray methodTag(TensorScope scope, String method) {
        NDArray tag = scope.manager().create(0f);
        tag.setName("module_method:" + method);
        return tag;
    }

    private static void addArgument(NDList inputs, Object argument, int position, NDManager temporary) {
        if (argument instanceof NDArray tensor) {
            tensor.setName(null);
            inputs.add(tensor);
        } else if (argument instanceof List<?> tensors) {
            if (tensors.isEmpty()) {
                throw new IllegalArgumentException("Argument " + position + " is an empty list of tensors");
            }
            for (Object tensor : tensors) {
                NDArray array = (NDArray) tensor;
                array.setName("list" + position + "[]");
                inputs.add(array);
            }
        } else if (argument instanceof Double || argument instanceof Float) {
            inputs.add(temporary.create(((Number) argument).doubleValue()));
        } else if (argument instanceof Number number) {
            inputs.add(temporary.create(number.longValue()));
        } else if (argument instanceof Boolean flag) {
            inputs.add(temporary.create(flag ? 1L : 0L));
        } else {
            throw new IllegalArgumentException(
                    "Argument " + position + " is not a tensor, a list or a number: " + argument);
        }
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
