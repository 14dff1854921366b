package org.realm4knime.headless.catalog;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knime.core.node.NodeSettings;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.widget.choices.Label;
import org.realm4knime.headless.catalog.ParameterInfo.Option;
import org.realm4knime.headless.catalog.ParameterInfo.Shown;
import org.realm4knime.headless.workflow.SettingsTree;
import org.realm4knime.standin.node.NodeDefinition;
import org.realm4knime.standin.node.ParametersStore;

/**
 * Reads what a node's parameters are: keys and defaults from the settings that a fresh node has, titles, types and
 * descriptions from the annotated fields of its parameters class.
 */
final class ParameterReader {

    private final NodeSettings defaults;
    private final List<ParameterInfo> found = new ArrayList<>();

    private ParameterReader(NodeSettings defaults) {
        this.defaults = defaults;
    }

    /**
     * @param node a node
     * @return its parameters
     */
    static List<ParameterInfo> read(NodeDefinition node) {
        ParameterReader reader = new ParameterReader(node.newParameters());
        node.parameters().ifPresent(type -> reader.collect(type, "", null));
        return reader.found;
    }

    /**
     * @param type a class of parameters
     * @param prefix of their keys
     * @param part of the dialog that the fields are in which name none themselves; null for none
     */
    private void collect(Class<?> type, String prefix, Class<?> part) {
        for (Field field : ParametersStore.fields(type)) {
            String key = prefix + ParametersStore.key(field);
            Layout layout = field.getAnnotation(Layout.class);
            Class<?> place = layout == null ? part : layout.value();
            if (NodeParameters.class.isAssignableFrom(field.getType())) {
                collect(field.getType(), key + "/", place);
            } else if (!isKeptForOldWorkflows(field)) {
                found.add(parameter(field, key, Optional.ofNullable(place)));
            }
        }
    }

    private ParameterInfo parameter(Field field, String key, Optional<Class<?>> place) {
        Optional<Widget> widget = Optional.ofNullable(field.getAnnotation(Widget.class));
        return new ParameterInfo(
                key,
                widget.map(Widget::title).orElse(""),
                place.map(part -> part.getAnnotation(Section.class))
                        .map(Section::title)
                        .orElse(""),
                shown(field, widget, place),
                type(field, key),
                SettingsTree.get(defaults, key),
                widget.map(w -> Markdown.of(w.description())).orElse(""),
                options(field.getType()));
    }

    private static Shown shown(Field field, Optional<Widget> widget, Optional<Class<?>> place) {
        boolean advanced = widget.map(Widget::advanced).orElse(false)
                || place.filter(part -> part.isAnnotationPresent(Advanced.class))
                        .isPresent();
        boolean conditional = field.isAnnotationPresent(Effect.class)
                || place.filter(part -> part.isAnnotationPresent(Effect.class)).isPresent();
        return advanced ? Shown.ADVANCED : conditional ? Shown.SOMETIMES : Shown.ALWAYS;
    }

    private static List<Option> options(Class<?> type) {
        if (!type.isEnum()) {
            return List.of();
        }
        return Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(constant -> {
                    Optional<Label> label = Optional.ofNullable(constant.getAnnotation(Label.class));
                    return new Option(
                            constant.getName(),
                            label.map(Label::value).orElse(constant.getName()),
                            label.map(l -> Markdown.of(l.description())).orElse(""));
                })
                .toList();
    }

    /** A setting that no dialog shows: it is read where an older workflow has it, and nobody is to set it anew. */
    private static boolean isKeptForOldWorkflows(Field field) {
        return !field.isAnnotationPresent(Widget.class) && field.isAnnotationPresent(Migrate.class);
    }

    private static String type(Field field, String key) {
        return field.getType() == Optional.class
                ? "text; with `%s_is_present=false` there is none".formatted(key)
                : typeName(field.getType());
    }

    private static String typeName(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(c -> ((Enum<?>) c).name())
                    .collect(Collectors.joining(" | "));
        }
        if (type == int.class || type == long.class) {
            return "whole number";
        }
        if (type == double.class) {
            return "number";
        }
        return type == boolean.class ? "true | false" : "text";
    }
}
