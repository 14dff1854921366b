package org.realm4knime.engine.update;

import org.realm4knime.engine.model.LanguageModel;

/** Whose distributions of tokens are learned by the sequences that have a teacher's prompt. */
public sealed interface Teacher {

    /** Nobody's. */
    record None() implements Teacher {}

    /**
     * Those of the model in training, as its weights are when it is asked.
     *
     * @param longest most tokens that it reads before and of a completion
     */
    record Live(int longest) implements Teacher {}

    /**
     * Those of a model that stays as it is. The model in training teaches as it was before.
     *
     * @param model has the tokens of the model in training; must stay open
     * @param longest most tokens that it reads before and of a completion
     */
    record Fixed(LanguageModel model, int longest) implements Teacher {}
}
