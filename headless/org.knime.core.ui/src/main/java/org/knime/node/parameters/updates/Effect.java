package org.knime.node.parameters.updates;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Shows, hides, enables or disables a parameter, a section or a part depending on other parameters. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Effect {

    /** What happens while the predicate holds; the opposite happens while it does not. */
    enum EffectType {
        ENABLE,
        DISABLE,
        SHOW,
        HIDE
    }

    Class<? extends EffectPredicateProvider> predicate();

    EffectType type();
}
