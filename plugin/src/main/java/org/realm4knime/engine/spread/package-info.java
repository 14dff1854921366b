/**
 * Work that other processes do. {@link org.realm4knime.engine.spread.Machines} is all that the engine knows of them;
 * what they do is a {@link org.realm4knime.engine.spread.Task}, which the packages above define.
 */
@NullMarked
package org.realm4knime.engine.spread;

import org.jspecify.annotations.NullMarked;
