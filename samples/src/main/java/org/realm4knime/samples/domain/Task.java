package org.realm4knime.samples.domain;

/** A task of a domain. What is to be found depends on the policy that one goes by. */
public interface Task {

    /** Number of {@linkplain #fold() folds}. */
    int FOLDS = 7;

    /** The task in words. */
    String question();

    /**
     * A number that depends on the facts of the task, and not on how it is worded: a task of one fold is none of
     * another told otherwise.
     *
     * @return 0 to {@link #FOLDS} - 1
     */
    int fold();

    /**
     * A chain of thought: steps separated by semicolons, the last ending in {@code = answer}.
     *
     * @param policy what the reasoner goes by
     * @param arithmetic how the reasoner calculates
     */
    String reason(Policy policy, Arithmetic arithmetic);
}
