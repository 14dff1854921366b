package org.realm4knime.standin.node;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.migration.Migrate;

/**
 * Makes parameters, and writes and reads their fields as KNIME does: those that are neither private nor static nor
 * transient, under their names. A field is a number, a truth value, a text, an enum (written by its name), parameters
 * again, or an optional text, of which a second key tells whether there is one. Nothing is written of a field of the
 * type {@link Void}, which stands for a text in the dialog.
 */
public final class ParametersStore {

    private static final String IS_PRESENT = "_is_present";

    private ParametersStore() {}

    /**
     * @param type a class of parameters
     * @return an object with the default values
     */
    public static <S> S create(Class<S> type) {
        return construct(
                type,
                constructor(type)
                        .orElseThrow(() -> new IllegalArgumentException(
                                type.getName() + " has no constructor without arguments")));
    }

    /**
     * @param type a class of parameters
     * @param input the first that the node gets
     * @return an object made for this input, if the class has a constructor that takes it; else with the default values
     */
    public static <S> S create(Class<S> type, NodeParametersInput input) {
        Optional<Constructor<S>> withInput = constructor(type, NodeParametersInput.class);
        return withInput.isPresent() ? construct(type, withInput.get(), input) : create(type);
    }

    private static <S> Optional<Constructor<S>> constructor(Class<S> type, Class<?>... arguments) {
        try {
            return Optional.of(type.getDeclaredConstructor(arguments));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private static <S> S construct(Class<S> type, Constructor<S> constructor, Object... arguments) {
        try {
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The constructor of " + type.getName() + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    /**
     * @param type a class of parameters
     * @return its fields that are written, those of its super classes first
     */
    public static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        if (type.getSuperclass() != null) {
            fields.addAll(fields(type.getSuperclass()));
        }
        int excluded = Modifier.PRIVATE | Modifier.STATIC | Modifier.TRANSIENT;
        Arrays.stream(type.getDeclaredFields())
                .filter(field -> (field.getModifiers() & excluded) == 0 && !field.isSynthetic())
                .filter(field -> field.getType() != Void.class)
                .forEach(fields::add);
        fields.forEach(field -> field.setAccessible(true));
        return fields;
    }

    /**
     * @param field of parameters
     * @return the key under which it is written
     */
    public static String key(Field field) {
        return field.getName().replaceFirst("^m_", "");
    }

    /**
     * @param parameters to write
     * @param settings get all fields
     */
    public static void save(Object parameters, NodeSettingsWO settings) {
        for (Field field : fields(parameters.getClass())) {
            save(get(field, parameters), field.getType(), settings, key(field));
        }
    }

    private static void save(Object value, Class<?> type, NodeSettingsWO settings, String key) {
        if (value instanceof NodeParameters group) {
            save(group, settings.addNodeSettings(key));
        } else if (type == int.class) {
            settings.addInt(key, (int) value);
        } else if (type == long.class) {
            settings.addLong(key, (long) value);
        } else if (type == double.class) {
            settings.addDouble(key, (double) value);
        } else if (type == boolean.class) {
            settings.addBoolean(key, (boolean) value);
        } else if (type == String.class) {
            settings.addString(key, (String) value);
        } else if (type.isEnum()) {
            settings.addString(key, ((Enum<?>) value).name());
        } else if (value instanceof Optional<?> text) {
            settings.addString(key, (String) text.orElse(null));
            settings.addBoolean(key + IS_PRESENT, text.isPresent());
        } else {
            throw unsupported(type);
        }
    }

    /**
     * @param type a class of parameters
     * @param settings that hold all fields, but those that may be absent
     * @return an object with the values in the settings
     * @throws InvalidSettingsException if a key is missing or has another type or value than the parameter
     */
    public static <S> S load(Class<S> type, NodeSettingsRO settings) throws InvalidSettingsException {
        S parameters = create(type);
        for (Field field : fields(type)) {
            Migrate migrate = field.getAnnotation(Migrate.class);
            boolean mayBeAbsent = migrate != null && migrate.loadDefaultIfAbsent();
            if (!mayBeAbsent || settings.containsKey(key(field))) {
                set(field, parameters, load(field.getType(), settings, key(field)));
            }
        }
        return parameters;
    }

    private static Object load(Class<?> type, NodeSettingsRO settings, String key) throws InvalidSettingsException {
        if (NodeParameters.class.isAssignableFrom(type)) {
            return load(type, settings.getNodeSettings(key));
        } else if (type == int.class) {
            return settings.getInt(key);
        } else if (type == long.class) {
            return settings.getLong(key);
        } else if (type == double.class) {
            return settings.getDouble(key);
        } else if (type == boolean.class) {
            return settings.getBoolean(key);
        } else if (type == String.class) {
            return settings.getString(key);
        } else if (type.isEnum()) {
            return constant(type, key, settings.getString(key));
        } else if (type == Optional.class) {
            return settings.getBoolean(key + IS_PRESENT, true)
                    ? Optional.ofNullable(settings.getString(key))
                    : Optional.empty();
        }
        throw unsupported(type);
    }

    private static Object constant(Class<?> type, String key, String name) throws InvalidSettingsException {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
        if (!names.contains(name)) {
            throw new InvalidSettingsException(
                    "Invalid value \"%s\" for key \"%s\"; possible values are %s.".formatted(name, key, names));
        }
        return type.getEnumConstants()[names.indexOf(name)];
    }

    private static IllegalArgumentException unsupported(Class<?> type) {
        return new IllegalArgumentException("Parameters of type " + type.getName() + " are not supported");
    }

    private static Object get(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }

    private static void set(Field field, Object owner, Object value) {
        try {
            field.set(owner, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be set", e);
        }
    }
}
