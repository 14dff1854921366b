package org.realm4knime.headless.catalog;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.base.AbstractConfigEntry;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.realm4knime.headless.workflow.SettingsTree;

/**
 * Reads what a node's parameters are: keys and defaults from the settings that a fresh node has, titles, types and
 * descriptions from the annotated fields of its parameters class. By this project's convention the parameters of
 * {@code XNodeFactory} are {@code XNodeParameters} beside it; of a node that does otherwise only keys, types and
 * defaults are known.
 */
final class ParameterReader {

    private final Optional<Class<?>> parameters;

    /** @param factory class name of a node's factory */
    ParameterReader(String factory) {
        this.parameters = parametersClass(factory);
    }

    private static Optional<Class<?>> parametersClass(String factory) {
        try {
            return Optional.of(Class.forName(factory.replaceFirst("Factory$", "Parameters")));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * @param defaults the settings of a fresh node
     * @return the parameters
     */
    List<ParameterInfo> read(NodeSettings defaults) {
        List<ParameterInfo> result = new ArrayList<>();
        for (String key : SettingsTree.leaves(defaults)) {
            Optional<Field> field = parameters.flatMap(type -> field(type, key.split("/"), 0));
            if (field.filter(ParameterReader::isKeptForOldWorkflows).isPresent()) {
                continue;
            }
            Optional<Widget> widget = field.map(f -> f.getAnnotation(Widget.class));
            result.add(new ParameterInfo(
                    key,
                    widget.map(Widget::title).orElse(""),
                    field.map(f -> typeName(f)).orElseGet(() -> typeName(SettingsTree.entry(defaults, key))),
                    SettingsTree.get(defaults, key),
                    widget.map(w -> Markdown.of(w.description())).orElse("")));
        }
        return result;
    }

    /** A setting that no dialog shows: it is read where an older workflow has it, and nobody is to set it anew. */
    private static boolean isKeptForOldWorkflows(Field field) {
        return !field.isAnnotationPresent(Widget.class) && field.isAnnotationPresent(Migrate.class);
    }

    /** The field that is stored under the path, or the innermost one on the way that is no group of parameters. */
    private static Optional<Field> field(Class<?> type, String[] path, int depth) {
        Optional<Field> found =
                fields(type).stream().filter(f -> key(f).equals(path[depth])).findFirst();
        if (found.isEmpty() || depth == path.length - 1) {
            return found;
        }
        Optional<Field> inner = field(found.get().getType(), path, depth + 1);
        return inner.isPresent() ? inner : found;
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> t = type; t != null && t != Object.class; t = t.getSuperclass()) {
            fields.addAll(0, Arrays.asList(t.getDeclaredFields()));
        }
        return fields;
    }

    private static String key(Field field) {
        Persist persist = field.getAnnotation(Persist.class);
        return persist != null && !persist.configKey().isEmpty()
                ? persist.configKey()
                : field.getName().replaceFirst("^m_", "");
    }

    private static String typeName(Field field) {
        if (field.getGenericType() instanceof ParameterizedType generic
                && generic.getActualTypeArguments()[0] instanceof Class<?> argument) {
            return typeName(argument);
        }
        return typeName(field.getType());
    }

    private static String typeName(Class<?> type) {
        if (type.isArray()) {
            return "list of " + typeName(type.getComponentType());
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(c -> ((Enum<?>) c).name())
                    .collect(Collectors.joining(" | "));
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "whole number";
        }
        if (type == double.class || type == float.class || type == Double.class) {
            return "number";
        }
        return type == boolean.class || type == Boolean.class ? "true | false" : "text";
    }

    private static String typeName(AbstractConfigEntry entry) {
        return switch (entry.getType()) {
            case xint, xlong, xshort, xbyte -> "whole number";
            case xdouble, xfloat -> "number";
            case xboolean -> "true | false";
            case config -> "list";
            default -> "text";
        };
    }
}
