package org.knime.core.webui.node.dialog.defaultdialog.jsonforms;

import java.util.Locale;
import org.knime.core.webui.node.dialog.defaultdialog.util.DescriptionUtil.TitleAndDescription;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.Label;

/** What users read for the constants of enums. */
public final class EnumUtil {

    private EnumUtil() {}

    /**
     * The label of a constant; without one, its name in lower case with a capital and blanks.
     *
     * @throws IllegalStateException if the constant has a {@link Widget} annotation instead
     */
    public static TitleAndDescription createConstantEntry(final Enum<?> constant) {
        final Label label;
        try {
            final var field = constant.getDeclaringClass().getField(constant.name());
            if (field.isAnnotationPresent(Widget.class)) {
                throw new IllegalStateException("Use @Label instead of @Widget at the enum constant " + field);
            }
            label = field.getAnnotation(Label.class);
        } catch (final NoSuchFieldException e) {
            throw new IllegalStateException("An enum constant without a field: " + constant, e);
        }
        if (label != null) {
            return new TitleAndDescription(label.value(), label.description());
        }
        final String words = constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new TitleAndDescription(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1), null);
    }
}
