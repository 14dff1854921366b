/**
 * Multi-route process verification: routes are labelled by their outcome, their steps checked and valued against each
 * other, right and wrong ones contrasted, and all of it turned into prompts and targets to learn from.
 */
@NullMarked
package org.realm4knime.engine.mrpv;

import org.jspecify.annotations.NullMarked;
