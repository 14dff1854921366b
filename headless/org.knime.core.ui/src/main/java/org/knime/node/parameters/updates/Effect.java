package org.knime.node.parameters.updates;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Shows a parameter, a section or a part depending on other parameters. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Effect {

    /** What happens while the predicate holds; the opposite happens while it does not. */
    enum EffectType {
        SHOW
    }

    Class<? extends EffectPredicateProvider> predicate();

    EffectType type();
}
