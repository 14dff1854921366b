/**
 * Models as GGUF files, which llama.cpp and what is built on it (Ollama, LM Studio, GPT4All) run.
 *
 * <p>{@link org.realm4knime.engine.model.gguf.GgufExport} is the entry. What is written is read again and compared with
 * the model before the file gets its name: {@link org.realm4knime.engine.model.gguf.GgufCheck}. The format is
 * <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">described</a> by its makers.
 */
@NullMarked
package org.realm4knime.engine.model.gguf;

import org.jspecify.annotations.NullMarked;
