package org.realm4knime.engine.train;

import java.util.List;

/**
 * What a step teaches beside the policy's own tries.
 *
 * @param sequences what is internalised: completions to the prompts without help
 * @param teacher whose distributions of their tokens are learned; null where the tokens themselves are
 * @param anchors examples that hold the form of answers in place
 */
record Lessons(List<TrainingSequence> sequences, TeacherStates teacher, List<TrainingSequence> anchors) {

    static final Lessons NONE = new Lessons(List.of(), null);

    /** Lessons without anchors. */
    Lessons(List<TrainingSequence> sequences, TeacherStates teacher) {
        this(sequences, teacher, List.of());
    }

    Lessons with(List<TrainingSequence> moreAnchors) {
        return new Lessons(sequences, teacher, moreAnchors);
    }

    boolean isEmpty() {
        return sequences.isEmpty() && anchors.isEmpty();
    }

    /** What the loss of what is internalised is divided by to give nats a token. */
    double scales() {
        return sequences.stream()
                .mapToDouble(s -> s.scale() * s.completion().length)
                .sum();
    }
}
