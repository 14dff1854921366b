/**
 * Supervised training on prompts and completions, with or without the distributions of a teacher, and the examples for
 * it.
 */
package org.realm4knime.engine.supervised;
