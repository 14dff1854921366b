package org.knime.node.parameters.updates;

/** Makes the predicate of an effect; there is a constructor without arguments. */
@FunctionalInterface
public interface EffectPredicateProvider {

    EffectPredicate init(PredicateInitializer i);

    /** Gives access to the parameters on which a predicate depends. */
    interface PredicateInitializer {

        <E extends Enum<E>> EnumReference<E> getEnum(Class<? extends ParameterReference<E>> reference);

        /** An enum parameter. */
        interface EnumReference<E extends Enum<E>> {

            @SuppressWarnings("unchecked")
            EffectPredicate isOneOf(E... values);
        }
    }
}
