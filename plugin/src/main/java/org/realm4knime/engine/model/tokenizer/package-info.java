/**
 * Makes tokenizers for new models from texts, as Hugging Face files.
 *
 * <p>{@link org.realm4knime.engine.model.tokenizer.TokenizerTrainer} is the entry. Reading is the matter of
 * {@link org.realm4knime.engine.model.TextTokenizer}.
 */
package org.realm4knime.engine.model.tokenizer;
