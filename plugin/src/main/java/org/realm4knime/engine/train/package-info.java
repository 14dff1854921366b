/**
 * What trainings have in common: the loop over steps with its checkpoints, the log, what was spent, and the watch over
 * held-out problems.
 */
package org.realm4knime.engine.train;
