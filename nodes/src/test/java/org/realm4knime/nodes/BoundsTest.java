package org.realm4knime.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;
import org.realm4knime.standin.node.ParametersStore;

/**
 * Flow variables, command lines and other programs set numbers past the dialog: what it bounds, the node must bound.
 */
class BoundsTest {

    /**
     * A number beyond a bound.
     *
     * @param parameters class of the node's parameters
     * @param path fields that lead to the number
     * @param number beyond its bound
     */
    private record Beyond(Class<? extends NodeParameters> parameters, List<Field> path, double number) {

        void set(NodeParameters to) throws ReflectiveOperationException {
            Object owner = to;
            for (Field field : path.subList(0, path.size() - 1)) {
                owner = BoundsTest.value(field, owner);
            }
            Field field = path.get(path.size() - 1);
            field.setAccessible(true);
            if (field.getType() == int.class) {
                field.setInt(owner, (int) number);
            } else if (field.getType() == long.class) {
                field.setLong(owner, (long) number);
            } else if (field.getType() == double.class) {
                field.setDouble(owner, number);
            } else {
                boolean real = field.getGenericType().getTypeName().contains("Double");
                field.set(owner, Optional.of(real ? (Object) number : (Object) (int) number));
            }
        }

        @Override
        public String toString() {
            return parameters.getSimpleName() + " "
                    + String.join("/", path.stream().map(Field::getName).toList()) + " = " + number;
        }
    }

    static Stream<Beyond> numbers() throws Exception {
        List<Beyond> found = new ArrayList<>();
        for (NodeFactory<?> factory : NodeDefinitionsTest.factories().toList()) {
            Class<? extends NodeParameters> parameters = Class.forName(
                            factory.getClass().getName().replace("NodeFactory", "NodeParameters"))
                    .asSubclass(NodeParameters.class);
            collect(parameters, ParametersStore.create(parameters), List.of(), found);
        }
        return found.stream();
    }

    private static void collect(
            Class<? extends NodeParameters> parameters, Object group, List<Field> before, List<Beyond> found)
            throws ReflectiveOperationException {
        for (Field field : group.getClass().getDeclaredFields()) {
            List<Field> path = Stream.concat(before.stream(), Stream.of(field)).toList();
            NumberInputWidget widget = field.getAnnotation(NumberInputWidget.class);
            if (widget != null) {
                beyond(widget.minValidation(), -1).ifPresent(value -> found.add(new Beyond(parameters, path, value)));
                beyond(widget.maxValidation(), 1).ifPresent(value -> found.add(new Beyond(parameters, path, value)));
            } else if (!Modifier.isStatic(field.getModifiers())
                    && NodeParameters.class.isAssignableFrom(field.getType())) {
                collect(parameters, value(field, group), path, found);
            }
        }
    }

    /** The next number that a bound keeps out. */
    private static Optional<Double> beyond(Class<? extends NumberInputWidgetValidation> bound, int way)
            throws ReflectiveOperationException {
        if (bound == MinValidation.class || bound == MaxValidation.class) {
            return Optional.empty();
        }
        var constructor = bound.getDeclaredConstructor();
        constructor.setAccessible(true);
        NumberInputWidgetValidation validation = constructor.newInstance();
        Method limit = way < 0
                ? MinValidation.class.getDeclaredMethod("getMin")
                : MaxValidation.class.getDeclaredMethod("getMax");
        limit.setAccessible(true);
        double value = (double) limit.invoke(validation);
        return Optional.of(validation.isExclusive() ? value : value + way);
    }

    private static Object value(Field field, Object owner) throws ReflectiveOperationException {
        field.setAccessible(true);
        return field.get(owner);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void whatTheDialogBoundsTheNodeBounds(Beyond number) throws Exception {
        NodeParameters parameters = ParametersStore.create(number.parameters());
        parameters.validate();
        number.set(parameters);

        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    }
}
