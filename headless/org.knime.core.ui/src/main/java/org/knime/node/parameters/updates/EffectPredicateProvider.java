package org.knime.node.parameters.updates;

import java.util.List;
import java.util.function.Predicate;
import org.knime.node.parameters.NodeParametersInput;

/** Makes the predicate of an effect; there is a constructor without arguments. */
@FunctionalInterface
public interface EffectPredicateProvider {

    EffectPredicate init(PredicateInitializer i);

    default EffectPredicate and(final EffectPredicate... predicates) {
        return new Combination(Operator.AND, List.of(predicates));
    }

    default EffectPredicate or(final EffectPredicate... predicates) {
        return new Combination(Operator.OR, List.of(predicates));
    }

    default EffectPredicate not(final EffectPredicate predicate) {
        return predicate.negate();
    }

    /** Gives access to the parameters on which a predicate depends. */
    interface PredicateInitializer {

        StringReference getString(Class<? extends ParameterReference<String>> reference);

        BooleanReference getBoolean(Class<? extends ParameterReference<Boolean>> reference);

        <E extends Enum<E>> EnumReference<E> getEnum(Class<? extends ParameterReference<E>> reference);

        /** A condition on the input instead of a parameter. */
        EffectPredicate getConstant(Predicate<NodeParametersInput> predicate);

        EffectPredicate getPredicate(Class<? extends EffectPredicateProvider> predicateProviderClass);

        EffectPredicate getPredicate(EffectPredicateProvider predicateProvider);

        default EffectPredicate never() {
            return getConstant(input -> false);
        }

        default EffectPredicate always() {
            return getConstant(input -> true);
        }

        /** A text parameter. */
        interface StringReference {

            EffectPredicate isEqualTo(String value);

            EffectPredicate matchesPattern(String pattern);
        }

        /** A boolean parameter. */
        interface BooleanReference {

            EffectPredicate isTrue();

            EffectPredicate isFalse();
        }

        /** An enum parameter. */
        interface EnumReference<E extends Enum<E>> {

            @SuppressWarnings("unchecked")
            EffectPredicate isOneOf(E... values);
        }
    }
}
