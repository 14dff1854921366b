/**
 * Tensors and TorchScript programs through DJL's PyTorch engine; the lowest layer of the engine, and the only one that
 * starts native code.
 *
 * <p>Three classes: {@link org.realm4knime.engine.torch.Torch} starts the native library once per process,
 * {@link org.realm4knime.engine.torch.TorchProgram} runs TorchScript that this bundle carries as source text, and
 * {@link org.realm4knime.engine.torch.TensorScope} owns tensors until it is closed.
 */
package org.realm4knime.engine.torch;
