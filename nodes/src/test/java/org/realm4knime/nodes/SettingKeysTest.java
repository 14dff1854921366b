package org.realm4knime.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knime.node.parameters.NodeParameters;

/**
 * The keys of all settings, and the names of their choices, stand in every workflow that was ever saved. They may be
 * added to, with a default for older workflows ({@code @Migrate}), and never be changed or taken away.
 */
class SettingKeysTest {

    private static final Path SNAPSHOT = Path.of("src/test/resources/org/realm4knime/nodes/setting-keys.txt");

    @Test
    void areThoseOfSavedWorkflows() throws Exception {
        List<String> keys = NodeDefinitionsTest.factories()
                .map(factory -> factory.getClass().getName())
                .flatMap(factory -> keys(
                        factory.substring(factory.lastIndexOf('.') + 1).replace("NodeFactory", ""),
                        parameters(factory.replace("NodeFactory", "NodeParameters"))))
                .sorted()
                .toList();

        assertThat(keys)
                .as("keys of settings; new ones are added to %s", SNAPSHOT)
                .isEqualTo(Files.readAllLines(SNAPSHOT));
    }

    private static Class<?> parameters(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<String> keys(String prefix, Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field -> field.getType() != Void.class) // a text in the dialog
                .flatMap(field -> keys(prefix + "/" + field.getName(), field));
    }

    private static Stream<String> keys(String key, Field field) {
        Class<?> type = field.getType();
        if (type.isArray() && NodeParameters.class.isAssignableFrom(type.getComponentType())) {
            return keys(key + "[]", type.getComponentType());
        }
        return NodeParameters.class.isAssignableFrom(type) ? keys(key, type) : Stream.of(key + ": " + kind(field));
    }

    private static String kind(Field field) {
        Class<?> type = field.getType();
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(choice -> ((Enum<?>) choice).name())
                        .collect(Collectors.joining(" | "))
                : type.getSimpleName();
    }
}
