/**
 * Language models: decoder architectures, Hugging Face checkpoints, tokenizers and prompt formats.
 *
 * <p>{@link org.realm4knime.engine.model.LanguageModel} is the entry: read from or written to a Hugging Face directory,
 * or created with random weights. {@link org.realm4knime.engine.model.DecoderProgram} computes with its tensors.
 */
package org.realm4knime.engine.model;
