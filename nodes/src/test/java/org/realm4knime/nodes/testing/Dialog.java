package org.realm4knime.nodes.testing;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.updates.ValueReference;

/** What KNIME's dialogs do with texts that are computed from parameters: finds the parameters by their references. */
public final class Dialog {

    private final Map<Class<?>, Supplier<Object>> values = new HashMap<>();

    /** A dialog that shows these parameters. */
    public Dialog(NodeParameters parameters) {
        collect(parameters);
    }

    private void collect(NodeParameters parameters) {
        for (Field field : parameters.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            ValueReference reference = field.getAnnotation(ValueReference.class);
            if (reference != null) {
                values.put(reference.value(), () -> value(field, parameters));
            }
            if (value(field, parameters) instanceof NodeParameters group) {
                collect(group);
            }
        }
    }

    private static Object value(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param provider what computes the text
     * @param types types of the input ports
     * @param objects what is at them, in order; null where nothing has been executed
     * @return what it computes
     */
    public <S> S shows(StateProvider<S> provider, List<PortType> types, PortObject... objects) {
        provider.init(new StateProvider.StateProviderInitializer() {
            @Override
            @SuppressWarnings("unchecked") // a reference names the type of its parameter
            public <T> Supplier<T> computeFromValueSupplier(Class<? extends ParameterReference<T>> reference) {
                return () -> (T) values.get(reference).get();
            }

            @Override
            public void computeAfterOpenDialog() {
                // it is computed below
            }
        });
        return provider.computeState((NodeParametersInput) Proxy.newProxyInstance(
                Dialog.class.getClassLoader(),
                new Class<?>[] {NodeParametersInput.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInPortTypes" -> types.toArray(PortType[]::new);
                    case "getInPortObject" ->
                        Optional.ofNullable(Arrays.asList(objects).get((int) arguments[0]));
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }
}
