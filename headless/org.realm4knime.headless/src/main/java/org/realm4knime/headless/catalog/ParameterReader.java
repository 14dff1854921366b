package org.realm4knime.headless.catalog;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knime.core.node.NodeSettings;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
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
        ParameterReader reader = new ParameterReader(node.defaultParameters());
        node.parameters().ifPresent(type -> reader.collect(type, ""));
        return reader.found;
    }

    private void collect(Class<?> type, String prefix) {
        for (Field field : ParametersStore.fields(type)) {
            String key = prefix + ParametersStore.key(field);
            if (NodeParameters.class.isAssignableFrom(field.getType())) {
                collect(field.getType(), key + "/");
            } else if (!isKeptForOldWorkflows(field)) {
                Optional<Widget> widget = Optional.ofNullable(field.getAnnotation(Widget.class));
                found.add(new ParameterInfo(
                        key,
                        widget.map(Widget::title).orElse(""),
                        type(field, key),
                        SettingsTree.get(defaults, key),
                        widget.map(w -> Markdown.of(w.description())).orElse("")));
            }
        }
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
