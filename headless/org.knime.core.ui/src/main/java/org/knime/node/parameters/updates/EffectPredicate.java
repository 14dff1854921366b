package org.knime.node.parameters.updates;

/** A condition on the values of parameters. Only dialogs make and evaluate it, and there are none here. */
public interface EffectPredicate {

    EffectPredicate and(EffectPredicate other);
}
