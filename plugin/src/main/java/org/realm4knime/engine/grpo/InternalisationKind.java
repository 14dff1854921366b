package org.realm4knime.engine.grpo;

/** How what guidance taught is carried over to the prompt without it. */
public enum InternalisationKind {
    /**
     * The right solutions that were written with help in view are learned, token by token, on the prompt without it;
     * only those that {@link org.realm4knime.engine.mrpv.SolutionForm} finds fit for it.
     */
    SOLUTIONS,
    /**
     * The model answers the prompt without help; with the help in view it then says how likely it finds each token of
     * that answer, and learns these distributions. There is no foreign text to imitate (on-policy self-distillation:
     * SDFT, arXiv 2601.19897; OPSD, arXiv 2601.18734).
     */
    SELF_DISTILLATION,
    /**
     * As self-distillation, but what the model has in view is a right try of its own in place of help from outside: it
     * learns from the tries at prompts without help, the wrong ones above all (SDPO, arXiv 2601.20802).
     */
    RIGHT_TRIES
}
