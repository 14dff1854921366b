package org.knime.node.parameters.updates;

import java.util.List;

/** A condition on the values of parameters; only dialogs evaluate it. */
public interface EffectPredicate {

    default EffectPredicate and(final EffectPredicate other) {
        return new Combination(Operator.AND, List.of(this, other));
    }

    default EffectPredicate or(final EffectPredicate other) {
        return new Combination(Operator.OR, List.of(this, other));
    }

    default EffectPredicate negate() {
        return new Combination(Operator.NOT, List.of(this));
    }
}
