/**
 * Batched sampling from a language model with a cache of keys and values.
 *
 * <p>{@link org.realm4knime.engine.generate.Generator} takes prompts and settings and gives completions with the
 * log-probabilities of their tokens.
 */
package org.realm4knime.engine.generate;
