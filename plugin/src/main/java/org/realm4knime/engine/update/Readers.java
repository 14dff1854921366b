package org.realm4knime.engine.update;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weights that are read beside those in training.
 *
 * @param teacher whose distributions are learned; null for none
 * @param reference weights that a divergence is measured from, see {@link Trainables#reference()}; null for none
 */
record Readers(@Nullable TeacherStates teacher, @Nullable List<NDArray> reference) {

    static final Readers NONE = new Readers(null, null);
}
