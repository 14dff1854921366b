package org.realm4knime.headless.parameters;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.persistence.NodeParametersPersistor;
import org.knime.node.parameters.persistence.Persistable;
import org.knime.node.parameters.persistence.Persistor;

/** Makes persistable objects, and writes and reads their fields. */
public final class ParametersPersistence {

    private ParametersPersistence() {}

    /** A new object with its default values. */
    public static Object createDefault(final Class<?> type) {
        return construct(
                type,
                constructor(type)
                        .orElseThrow(() -> new IllegalArgumentException(
                                type.getName() + " has no constructor without arguments")));
    }

    /** A new object made by the constructor that takes the input; by the one without arguments if there is none. */
    public static Object createFor(final Class<?> type, final NodeParametersInput input) {
        final Optional<Constructor<?>> withInput = constructor(type, NodeParametersInput.class);
        return withInput.isPresent() ? construct(type, withInput.get(), input) : createDefault(type);
    }

    private static Optional<Constructor<?>> constructor(final Class<?> type, final Class<?>... arguments) {
        try {
            return Optional.of(type.getDeclaredConstructor(arguments));
        } catch (final NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private static Object construct(final Class<?> type, final Constructor<?> constructor, final Object... arguments) {
        try {
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (final InvocationTargetException e) {
            throw new IllegalStateException("The constructor of " + type.getName() + " failed", e.getCause());
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    /** Writes all fields. */
    public static void save(final Object object, final NodeSettingsWO settings) {
        final Optional<NodeParametersPersistor<Object>> own =
                persistor(object.getClass().getAnnotation(Persistor.class));
        if (own.isPresent()) {
            own.get().save(object, settings);
        } else {
            PersistableField.of(object.getClass()).forEach(field -> field.save(object, settings));
        }
    }

    /** Reads all fields into a new object. */
    public static Object load(final Class<?> type, final NodeSettingsRO settings) throws InvalidSettingsException {
        final Migration migration = type.getAnnotation(Migration.class);
        final Optional<NodeParametersPersistor<Object>> own = persistor(type.getAnnotation(Persistor.class));
        if (migration != null) {
            final String[][] paths =
                    own.map(NodeParametersPersistor::getConfigPaths).orElse(new String[][] {{}});
            final Optional<Object> migrated = Migrations.load(migration, paths, settings);
            if (migrated.isPresent()) {
                return migrated.get();
            }
        }
        if (own.isPresent()) {
            return own.get().load(settings);
        }
        final Object object = createDefault(type);
        final boolean keepDefaults = type.isAnnotationPresent(LoadDefaultsForAbsentFields.class);
        final List<PersistableField> fields = PersistableField.of(type);
        for (final PersistableField field : fields) {
            field.load(object, settings, keepDefaults);
        }
        return object;
    }

    @SuppressWarnings("unchecked") // the annotation stands at what the persistor is for
    static Optional<NodeParametersPersistor<Object>> persistor(final Persistor annotation) {
        return Optional.ofNullable(annotation)
                .map(persistor -> (NodeParametersPersistor<Object>) createDefault(persistor.value()));
    }

    static boolean isPersistable(final Class<?> type) {
        return Persistable.class.isAssignableFrom(type) && !type.isEnum();
    }
}
