package org.knime.core.node.port;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** The type of a port: the class of the objects it takes. Types come from the {@link PortTypeRegistry}. */
public final class PortType {

    /** Colour of ports whose type registers none (RGB). */
    public static final int DEFAULT_COLOR = 0xff9b9b9b;

    private static final String CFG_CLASS = "object_class";

    private final Class<? extends PortObject> m_objectClass;
    private final Class<? extends PortObjectSpec> m_specClass;
    private final boolean m_optional;
    private final boolean m_hidden;
    private final String m_name;
    private final int m_color;

    PortType(
            final Class<? extends PortObject> objectClass,
            final Class<? extends PortObjectSpec> specClass,
            final boolean optional,
            final String name,
            final int color,
            final boolean hidden) {
        m_objectClass = objectClass;
        m_specClass = specClass;
        m_optional = optional;
        m_name = name;
        m_color = color;
        m_hidden = hidden;
    }

    PortType asOptional() {
        return new PortType(m_objectClass, m_specClass, true, m_name, m_color, m_hidden);
    }

    public String getName() {
        return m_name;
    }

    public int getColor() {
        return m_color;
    }

    public Class<? extends PortObject> getPortObjectClass() {
        return m_objectClass;
    }

    public Class<? extends PortObjectSpec> getPortObjectSpecClass() {
        return m_specClass;
    }

    /** Whether the port may stay unconnected. */
    public boolean isOptional() {
        return m_optional;
    }

    /** Whether users cannot choose the type. */
    public boolean isHidden() {
        return m_hidden;
    }

    /** True if a port of this type takes the objects of the other type. */
    public boolean isSuperTypeOf(final PortType subType) {
        return m_objectClass.isAssignableFrom(subType.m_objectClass);
    }

    public boolean acceptsPortObjectSpec(final PortObjectSpec spec) {
        return m_specClass.isInstance(spec);
    }

    public boolean acceptsPortObject(final PortObject obj) {
        return m_objectClass.isInstance(obj);
    }

    public void save(final ConfigWO settings) {
        settings.addString(CFG_CLASS, m_objectClass.getName());
    }

    /** @throws InvalidSettingsException if the class of the port objects is not known here */
    public static PortType load(final ConfigRO settings) throws InvalidSettingsException {
        final String className = settings.getString(CFG_CLASS);
        return PortTypeRegistry.getInstance()
                .getObjectClass(className)
                .map(PortTypeRegistry.getInstance()::getPortType)
                .orElseThrow(() -> new InvalidSettingsException(
                        "The port type with objects of class " + className + " is not installed."));
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof PortType other && m_objectClass == other.m_objectClass && m_optional == other.m_optional;
    }

    @Override
    public int hashCode() {
        return m_objectClass.hashCode() + Boolean.hashCode(m_optional);
    }

    @Override
    public String toString() {
        return m_name + (m_optional ? " (optional)" : "");
    }
}
