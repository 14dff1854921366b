package org.realm4knime.nodes.realmtrainer;

import org.knime.node.parameters.widget.choices.Label;
import org.realm4knime.engine.grpo.InternalisationKind;

/** The setting that says how what help taught is carried over to problems without it. */
enum Carried {
    @Label(
            value = "Right solutions",
            description = "The right solutions that the model wrote with help are trained on the problem without it.")
    SOLUTIONS(InternalisationKind.SOLUTIONS),
    @Label(
            value = "Self-distillation",
            description = "The model answers without help and learns how likely it would find each word of its own"
                    + " answer with the help in view. It imitates no text.")
    SELF_DISTILLATION(InternalisationKind.SELF_DISTILLATION),
    @Label(
            value = "Self-distillation from right tries",
            description = "Where no help was shown, the model learns how likely it would find each word of a try"
                    + " with another, right try at the same problem in view (SDPO). It needs no routes.")
    RIGHT_TRIES(InternalisationKind.RIGHT_TRIES);

    private final InternalisationKind engine;

    Carried(InternalisationKind engine) {
        this.engine = engine;
    }

    InternalisationKind engine() {
        return engine;
    }
}
