package org.knime.node.parameters.widget.text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.MaxLengthValidation;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.MinLengthValidation;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.PatternValidation;

/** Placeholder and checks of a text in the dialog. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface TextInputWidget {

    /** Shown while the text is empty. */
    String placeholder() default "";

    /** The pattern; {@link PatternValidation} itself for none. */
    Class<? extends PatternValidation> patternValidation() default PatternValidation.class;

    /** The least length; {@link MinLengthValidation} itself for none. */
    Class<? extends MinLengthValidation> minLengthValidation() default MinLengthValidation.class;

    /** The greatest length; {@link MaxLengthValidation} itself for none. */
    Class<? extends MaxLengthValidation> maxLengthValidation() default MaxLengthValidation.class;
}
