/**
 * Reinforcement learning whose outside help fades away. {@link RealmTrainer} is the step; each part of its loss has a
 * maker of sequences, with its formula, its source and its departures: {@link GrpoSequences}, {@link SolutionLessons},
 * {@link SelfDistillation}, {@link RightTryDistillation}, {@link Anchors}, {@link StepContrasts}.
 */
@NullMarked
package org.realm4knime.engine.grpo;

import org.jspecify.annotations.NullMarked;
