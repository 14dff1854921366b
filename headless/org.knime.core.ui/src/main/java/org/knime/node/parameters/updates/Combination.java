package org.knime.node.parameters.updates;

import java.util.List;

/** Combined predicates. */
record Combination(Operator operator, List<EffectPredicate> operands) implements EffectPredicate {}
