/**
 * What trains, whatever the algorithm: a worker writes completions, adds up gradients of sequences and takes steps.
 * Sequences carry all that decides their loss, token by token; makers of sequences stand in the packages above.
 */
@NullMarked
package org.realm4knime.engine.update;

import org.jspecify.annotations.NullMarked;
