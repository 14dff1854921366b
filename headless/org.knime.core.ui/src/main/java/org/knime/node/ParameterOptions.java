package org.knime.node;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knime.core.webui.node.dialog.defaultdialog.jsonforms.EnumUtil;
import org.knime.core.webui.node.dialog.defaultdialog.util.DescriptionUtil;
import org.knime.core.webui.node.dialog.defaultdialog.util.DescriptionUtil.TitleAndDescription;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.WidgetGroup;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Before;
import org.knime.node.parameters.layout.Layout;
import org.realm4knime.headless.parameters.PersistableField;

/**
 * The options of a dialog with what users read about them, in the order of the dialog: first those outside of any part,
 * then part by part, the parts in the order of {@link After} and {@link Before}, else of their first use.
 */
final class ParameterOptions {

    private final Map<Class<?>, List<TitleAndDescription>> m_optionsByPart = new LinkedHashMap<>();

    private ParameterOptions() {
        m_optionsByPart.put(Void.class, new ArrayList<>()); // what is outside of any part
    }

    static List<TitleAndDescription> of(final Collection<Class<? extends NodeParameters>> parameters) {
        final ParameterOptions options = new ParameterOptions();
        parameters.forEach(type -> options.collect(type, Void.class));
        return options.orderedParts().stream()
                .flatMap(part -> options.m_optionsByPart.getOrDefault(part, List.of()).stream())
                .toList();
    }

    private void collect(final Class<?> type, final Class<?> outerPart) {
        final Class<?> typePart = partOf(type.getAnnotation(Layout.class), outerPart);
        for (final PersistableField persistable : PersistableField.of(type)) {
            final Field field = persistable.getField();
            final Class<?> part = partOf(field.getAnnotation(Layout.class), typePart);
            final Widget widget = field.getAnnotation(Widget.class);
            if (WidgetGroup.class.isAssignableFrom(field.getType())) {
                collect(field.getType(), part);
            } else if (widget != null) {
                m_optionsByPart
                        .computeIfAbsent(part, p -> new ArrayList<>())
                        .add(new TitleAndDescription(widget.title(), widget.description() + choices(field.getType())));
            }
        }
    }

    private static Class<?> partOf(final Layout layout, final Class<?> outer) {
        return layout == null ? outer : layout.value();
    }

    private static String choices(final Class<?> type) {
        if (type.isEnum()) {
            return DescriptionUtil.getDescriptionsUlString(Arrays.stream(type.getEnumConstants())
                    .map(constant -> EnumUtil.createConstantEntry((Enum<?>) constant))
                    .toList());
        }
        return type.isArray() && WidgetGroup.class.isAssignableFrom(type.getComponentType())
                ? DescriptionUtil.getDescriptionsUlString(elementOptions(type.getComponentType()))
                : "";
    }

    private static List<TitleAndDescription> elementOptions(final Class<?> type) {
        final ParameterOptions options = new ParameterOptions();
        options.collect(type, Void.class);
        return options.m_optionsByPart.values().stream().flatMap(List::stream).toList();
    }

    /** All parts, so that each comes after those it is after. */
    private Set<Class<?>> orderedParts() {
        final Set<Class<?>> ordered = new LinkedHashSet<>();
        m_optionsByPart.keySet().forEach(part -> addInOrder(part, ordered, new LinkedHashSet<>()));
        return ordered;
    }

    private void addInOrder(final Class<?> part, final Set<Class<?>> ordered, final Set<Class<?>> pending) {
        if (ordered.contains(part) || !pending.add(part)) {
            return;
        }
        if (part.getDeclaringClass() != null && m_optionsByPart.containsKey(part.getDeclaringClass())) {
            addInOrder(part.getDeclaringClass(), ordered, pending); // a part inside of another one
        }
        Arrays.stream(part.getAnnotationsByType(After.class))
                .forEach(after -> addInOrder(after.value(), ordered, pending));
        m_optionsByPart.keySet().stream()
                .filter(other -> Arrays.stream(other.getAnnotationsByType(Before.class))
                        .anyMatch(before -> before.value() == part))
                .forEach(other -> addInOrder(other, ordered, pending));
        ordered.add(part);
    }
}
