package org.realm4knime.headless.parameters;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/**
 * Writes and reads fields that are one entry or one array of settings: numbers, booleans, texts, enums (by name), and
 * optional ones. An empty optional is written as an empty value, and {@code <key>_is_present} says which it is.
 */
final class LeafPersistence {

    private static final String IS_PRESENT = "_is_present";

    /** How values of one class are written and read. */
    private record Leaf<T>(Writer<T> writer, Reader<T> reader, T empty) {

        @SuppressWarnings("unchecked") // LEAVES holds each leaf under its class
        void write(final NodeSettingsWO settings, final String key, final Object value) {
            writer.write(settings, key, (T) value);
        }
    }

    @FunctionalInterface
    private interface Writer<T> {
        void write(NodeSettingsWO settings, String key, T value);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(NodeSettingsRO settings, String key) throws InvalidSettingsException;
    }

    private static final Map<Class<?>, Leaf<?>> LEAVES = Map.ofEntries(
            Map.entry(int.class, new Leaf<>(NodeSettingsWO::addInt, NodeSettingsRO::getInt, 0)),
            Map.entry(Integer.class, new Leaf<>(NodeSettingsWO::addInt, NodeSettingsRO::getInt, 0)),
            Map.entry(long.class, new Leaf<>(NodeSettingsWO::addLong, NodeSettingsRO::getLong, 0L)),
            Map.entry(Long.class, new Leaf<>(NodeSettingsWO::addLong, NodeSettingsRO::getLong, 0L)),
            Map.entry(double.class, new Leaf<>(NodeSettingsWO::addDouble, NodeSettingsRO::getDouble, 0.0)),
            Map.entry(Double.class, new Leaf<>(NodeSettingsWO::addDouble, NodeSettingsRO::getDouble, 0.0)),
            Map.entry(boolean.class, new Leaf<>(NodeSettingsWO::addBoolean, NodeSettingsRO::getBoolean, false)),
            Map.entry(Boolean.class, new Leaf<>(NodeSettingsWO::addBoolean, NodeSettingsRO::getBoolean, false)),
            Map.entry(String.class, new Leaf<>(NodeSettingsWO::addString, NodeSettingsRO::getString, (String) null)),
            Map.entry(int[].class, new Leaf<>(NodeSettingsWO::addIntArray, NodeSettingsRO::getIntArray, new int[0])),
            Map.entry(
                    long[].class, new Leaf<>(NodeSettingsWO::addLongArray, NodeSettingsRO::getLongArray, new long[0])),
            Map.entry(
                    double[].class,
                    new Leaf<>(NodeSettingsWO::addDoubleArray, NodeSettingsRO::getDoubleArray, new double[0])),
            Map.entry(
                    boolean[].class,
                    new Leaf<>(NodeSettingsWO::addBooleanArray, NodeSettingsRO::getBooleanArray, new boolean[0])),
            Map.entry(
                    String[].class,
                    new Leaf<>(NodeSettingsWO::addStringArray, NodeSettingsRO::getStringArray, new String[0])));

    private LeafPersistence() {}

    static void save(final Field field, final String key, final Object value, final NodeSettingsWO settings) {
        if (field.getType() == Optional.class) {
            final Optional<?> optional = (Optional<?>) value;
            final Leaf<?> leaf = leaf(contentType(field));
            leaf.write(settings, key, optional.isPresent() ? optional.get() : leaf.empty());
            settings.addBoolean(key + IS_PRESENT, optional.isPresent());
        } else {
            leaf(field.getType()).write(settings, key, value);
        }
    }

    static Object load(final Field field, final String key, final NodeSettingsRO settings)
            throws InvalidSettingsException {
        if (field.getType() == Optional.class) {
            return settings.getBoolean(key + IS_PRESENT, true)
                    ? Optional.ofNullable(leaf(contentType(field)).reader().read(settings, key))
                    : Optional.empty();
        }
        return leaf(field.getType()).reader().read(settings, key);
    }

    private static Class<?> contentType(final Field optional) {
        return (Class<?>) ((ParameterizedType) optional.getGenericType()).getActualTypeArguments()[0];
    }

    private static Leaf<?> leaf(final Class<?> type) {
        if (type.isEnum()) {
            return enumLeaf(type);
        }
        final Leaf<?> leaf = LEAVES.get(type);
        if (leaf == null) {
            throw new IllegalArgumentException("Parameters of type " + type.getName() + " are not supported");
        }
        return leaf;
    }

    private static Leaf<Object> enumLeaf(final Class<?> type) {
        return new Leaf<>(
                (settings, key, value) -> settings.addString(key, value == null ? null : ((Enum<?>) value).name()),
                (settings, key) -> constant(type, key, settings.getString(key)),
                null);
    }

    private static Object constant(final Class<?> type, final String key, final String name)
            throws InvalidSettingsException {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingsException(String.format(
                        "Invalid value \"%s\" for key \"%s\"; possible values are %s.",
                        name,
                        key,
                        Arrays.stream(type.getEnumConstants())
                                .map(constant -> ((Enum<?>) constant).name())
                                .toList())));
    }
}
