/**
 * Supervised training on prompts and completions, with or without the distributions of a teacher, and the examples for
 * it.
 */
@NullMarked
package org.realm4knime.engine.supervised;

import org.jspecify.annotations.NullMarked;
