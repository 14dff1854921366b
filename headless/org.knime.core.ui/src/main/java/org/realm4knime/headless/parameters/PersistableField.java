package org.realm4knime.headless.parameters;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.persistence.NodeParametersPersistor;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.persistence.Persistor;

/** A field of a persistable class, and how it is written and read. */
public final class PersistableField {

    private final Field m_field;
    private final Optional<NodeParametersPersistor<Object>> m_persistor;

    private PersistableField(final Field field) {
        m_field = field;
        m_field.setAccessible(true);
        m_persistor = ParametersPersistence.persistor(field.getAnnotation(Persistor.class));
        if (m_persistor.isPresent() && field.isAnnotationPresent(Persist.class)) {
            throw new IllegalStateException(field + " has both @Persistor and @Persist");
        }
        if (field.isAnnotationPresent(Migration.class) && field.isAnnotationPresent(Migrate.class)) {
            throw new IllegalStateException(field + " has both @Migration and @Migrate");
        }
    }

    /** The fields of a class, those of its super classes first: neither private nor static nor transient. */
    public static List<PersistableField> of(final Class<?> type) {
        if (type == null || type == Object.class) {
            return List.of();
        }
        final List<PersistableField> fields = new ArrayList<>(of(type.getSuperclass()));
        final int excluded = Modifier.PRIVATE | Modifier.STATIC | Modifier.TRANSIENT;
        Arrays.stream(type.getDeclaredFields())
                .filter(field -> (field.getModifiers() & excluded) == 0 && !field.isSynthetic())
                .map(PersistableField::new)
                .forEach(fields::add);
        return fields;
    }

    public Field getField() {
        return m_field;
    }

    /** The key under which the field is written, unless it has its own persistor. */
    public String getKey() {
        final Persist persist = m_field.getAnnotation(Persist.class);
        final String name = m_field.getName().replaceFirst("^m_", "");
        if (persist == null) {
            return name;
        }
        return (persist.configKey().isEmpty() ? name : persist.configKey()) + (persist.hidden() ? "_Internals" : "");
    }

    private String[][] paths() {
        return m_persistor.map(NodeParametersPersistor::getConfigPaths).orElseGet(() -> new String[][] {{getKey()}});
    }

    void save(final Object owner, final NodeSettingsWO settings) {
        final Object value = get(owner);
        if (m_persistor.isPresent()) {
            m_persistor.get().save(value, settings);
        } else if (ParametersPersistence.isPersistable(m_field.getType())) {
            ParametersPersistence.save(value, settings.addNodeSettings(getKey()));
        } else if (elementType().isPresent()) {
            saveElements(value, settings.addNodeSettings(getKey()));
        } else {
            LeafPersistence.save(m_field, getKey(), value, settings);
        }
    }

    private static void saveElements(final Object value, final NodeSettingsWO settings) {
        if (value == null) {
            return;
        }
        int index = 0;
        for (final Object element : value instanceof Collection<?> c ? c : Arrays.asList((Object[]) value)) {
            ParametersPersistence.save(element, settings.addNodeSettings(Integer.toString(index++)));
        }
    }

    void load(final Object owner, final NodeSettingsRO settings, final boolean keepDefaultIfAbsent)
            throws InvalidSettingsException {
        final Migration migration = m_field.getAnnotation(Migration.class);
        if (migration != null) {
            final Optional<Object> migrated = Migrations.load(migration, paths(), settings);
            if (migrated.isPresent()) {
                set(owner, migrated.get());
                return;
            }
        }
        final Migrate migrate = m_field.getAnnotation(Migrate.class);
        final boolean keepDefault =
                migrate != null && migrate.loadDefaultIfAbsent() || keepDefaultIfAbsent && migration == null;
        if (keepDefault && Arrays.stream(paths()).noneMatch(path -> Migrations.hasPath(settings, path))) {
            return;
        }
        set(owner, loadValue(settings));
    }

    private Object loadValue(final NodeSettingsRO settings) throws InvalidSettingsException {
        if (m_persistor.isPresent()) {
            return m_persistor.get().load(settings);
        }
        if (ParametersPersistence.isPersistable(m_field.getType())) {
            return ParametersPersistence.load(m_field.getType(), settings.getNodeSettings(getKey()));
        }
        return elementType().isPresent()
                ? loadElements(elementType().get(), settings.getNodeSettings(getKey()))
                : LeafPersistence.load(m_field, getKey(), settings);
    }

    private Object loadElements(final Class<?> elementType, final NodeSettingsRO settings)
            throws InvalidSettingsException {
        final int size = (int)
                settings.keySet().stream().filter(key -> key.matches("\\d+")).count();
        final List<Object> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(ParametersPersistence.load(elementType, settings.getNodeSettings(Integer.toString(i))));
        }
        return m_field.getType().isArray()
                ? elements.toArray((Object[]) Array.newInstance(elementType, size))
                : elements;
    }

    /** The class of the elements, if the field is an array or a collection of persistable objects. */
    private Optional<Class<?>> elementType() {
        final Class<?> type = m_field.getType();
        final Type element;
        if (type.isArray()) {
            element = type.getComponentType();
        } else if (Collection.class.isAssignableFrom(type)
                && m_field.getGenericType() instanceof ParameterizedType generic) {
            element = generic.getActualTypeArguments()[0];
        } else {
            return Optional.empty();
        }
        return element instanceof Class<?> c && ParametersPersistence.isPersistable(c)
                ? Optional.of(c)
                : Optional.empty();
    }

    private Object get(final Object owner) {
        try {
            return m_field.get(owner);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException(m_field + " cannot be read", e);
        }
    }

    private void set(final Object owner, final Object value) {
        try {
            m_field.set(owner, value);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException(m_field + " cannot be set", e);
        }
    }
}
