package org.knime.core.node.port;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.realm4knime.standin.PortKind;

/** The port types that bundles register at the extension point {@code org.knime.core.PortType}. */
public final class PortTypeRegistry {

    private static final Logger LOGGER = Logger.getLogger(PortTypeRegistry.class.getName());
    private static final PortTypeRegistry INSTANCE = new PortTypeRegistry();

    private final Map<String, PortType> m_types = new LinkedHashMap<>(); // by name of the object class
    private final Map<String, PortTypeExtension> m_extensions = new LinkedHashMap<>(); // by name of the object class

    private boolean m_read;

    private PortTypeRegistry() {}

    public static PortTypeRegistry getInstance() {
        return INSTANCE;
    }

    private synchronized Map<String, PortType> types() {
        if (!m_read) {
            m_read = true;
            for (final PortTypeExtension extension : PortTypeExtension.findAll()) {
                try {
                    m_types.put(extension.objectClass(), extension.createType());
                    m_extensions.put(extension.objectClass(), extension);
                } catch (final ReflectiveOperationException | ClassCastException | LinkageError e) {
                    LOGGER.log(Level.SEVERE, "No port type can be made for " + extension.objectClass(), e);
                }
            }
        }
        return m_types;
    }

    /** The registered type of the class, or a new hidden one if none is registered. */
    public synchronized PortType getPortType(final Class<? extends PortObject> portClass) {
        return types().computeIfAbsent(
                        portClass.getName(),
                        name -> new PortType(
                                new PortKind(portClass, PortObjectSpec.class, portClass.getSimpleName(), true)));
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
    public synchronized Optional<PortObject.PortObjectSerializer<PortObject>> getObjectSerializer(
            final Class<? extends PortObject> objectClass) {
        types();
        return Optional.ofNullable(m_extensions.get(objectClass.getName()))
                .map(PortTypeExtension::createObjectSerializer);
    }

    /** A new serializer of the registered type's specs. */
    public synchronized Optional<PortObjectSpec.PortObjectSpecSerializer<PortObjectSpec>> getSpecSerializer(
            final Class<? extends PortObjectSpec> specClass) {
        types();
        return m_extensions.values().stream()
                .filter(extension -> specClass.getName().equals(extension.specClass()))
                .findFirst()
                .map(PortTypeExtension::createSpecSerializer);
    }
}
