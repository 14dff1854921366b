package org.knime.core.node.port;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;
import org.knime.core.node.port.flowvariable.FlowVariablePortObject;
import org.knime.core.node.port.flowvariable.FlowVariablePortObjectSpec;

/**
 * The port types: tables, flow variables, any object, and what bundles register at the extension point
 * {@code org.knime.core.PortType}.
 */
public final class PortTypeRegistry {

    private static final PortTypeRegistry INSTANCE = new PortTypeRegistry();

    private final Map<String, PortType> m_types = new LinkedHashMap<>(); // by name of the object class
    private final Map<String, PortTypeExtension> m_extensions = new LinkedHashMap<>(); // by name of the object class
    private boolean m_initialized;

    private PortTypeRegistry() {}

    public static PortTypeRegistry getInstance() {
        return INSTANCE;
    }

    private synchronized Map<String, PortType> types() {
        if (!m_initialized) {
            m_initialized = true;
            add(new PortType(BufferedDataTable.class, DataTableSpec.class, false, "Data Table", 0xff000000, false));
            add(new PortType(PortObject.class, PortObjectSpec.class, false, "Generic Port", 0xff9b9b9b, true));
            add(new PortType(
                    FlowVariablePortObject.class,
                    FlowVariablePortObjectSpec.class,
                    false,
                    "Flow Variable",
                    0xffff4b4b,
                    false));
            for (final PortTypeExtension extension : PortTypeExtension.findAll()) {
                try {
                    add(extension.createType());
                    m_extensions.put(extension.objectClass(), extension);
                } catch (final ReflectiveOperationException | ClassCastException | LinkageError e) {
                    NodeLogger.getLogger(PortTypeRegistry.class)
                            .error("The port type of " + extension.objectClass() + " cannot be registered", e);
                }
            }
        }
        return m_types;
    }

    private void add(final PortType type) {
        m_types.put(type.getPortObjectClass().getName(), type);
    }

    public synchronized Collection<PortType> availablePortTypes() {
        return new ArrayList<>(types().values());
    }

    public PortType getPortType(final Class<? extends PortObject> portClass) {
        return getPortType(portClass, false);
    }

    /** The registered type of the class, or a new hidden one if none is registered. */
    public synchronized PortType getPortType(final Class<? extends PortObject> portClass, final boolean isOptional) {
        final PortType type = types().computeIfAbsent(
                        portClass.getName(),
                        name -> new PortType(
                                portClass,
                                PortObjectSpec.class,
                                false,
                                portClass.getSimpleName(),
                                PortType.DEFAULT_COLOR,
                                true));
        return isOptional ? type.asOptional() : type;
    }

    /** The class of a registered type's objects. */
    public synchronized Optional<Class<? extends PortObject>> getObjectClass(final String className) {
        return Optional.ofNullable(types().get(className)).map(PortType::getPortObjectClass);
    }

    /** The class of a registered type's specs. */
    public synchronized Optional<Class<? extends PortObjectSpec>> getSpecClass(final String className) {
        return types().values().stream()
                .<Class<? extends PortObjectSpec>>map(PortType::getPortObjectSpecClass)
                .filter(specClass -> specClass.getName().equals(className))
                .findFirst();
    }

    /** A new serializer of the registered type's objects. */
    public synchronized Optional<PortObjectSerializer<PortObject>> getObjectSerializer(
            final Class<? extends PortObject> objectClass) {
        types();
        return Optional.ofNullable(m_extensions.get(objectClass.getName()))
                .map(PortTypeExtension::createObjectSerializer);
    }

    /** A new serializer of the registered type's specs. */
    public synchronized Optional<PortObjectSpecSerializer<PortObjectSpec>> getSpecSerializer(
            final Class<? extends PortObjectSpec> specClass) {
        types();
        return m_extensions.values().stream()
                .filter(extension -> specClass.getName().equals(extension.specClass()))
                .findFirst()
                .flatMap(PortTypeExtension::createSpecSerializer);
    }
}
