/**
 * Enabling autonomy via asymptotic induction: how the outside help fades over a training, and which routes a prompt
 * shows at a given rate.
 */
@NullMarked
package org.realm4knime.engine.eaai;

import org.jspecify.annotations.NullMarked;
