package org.knime.node.parameters.widget.number;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/** Bounds of a number in the dialog. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface NumberInputWidget {

    /** The lower bound; {@link MinValidation} itself for none. */
    Class<? extends MinValidation> minValidation() default MinValidation.class;

    /** The upper bound; {@link MaxValidation} itself for none. */
    Class<? extends MaxValidation> maxValidation() default MaxValidation.class;
}
