package org.knime.core.node.port;

/** The type of a port: the class of the objects it takes. Types come from the {@link PortTypeRegistry}. */
public final class PortType {

    private final Class<? extends PortObject> m_objectClass;
    private final Class<? extends PortObjectSpec> m_specClass;
    private final boolean m_hidden;
    private final String m_name;

    PortType(
            final Class<? extends PortObject> objectClass,
            final Class<? extends PortObjectSpec> specClass,
            final String name,
            final boolean hidden) {
        m_objectClass = objectClass;
        m_specClass = specClass;
        m_name = name;
        m_hidden = hidden;
    }

    public String getName() {
        return m_name;
    }

    public Class<? extends PortObject> getPortObjectClass() {
        return m_objectClass;
    }

    public Class<? extends PortObjectSpec> getPortObjectSpecClass() {
        return m_specClass;
    }

    /** Whether users cannot choose the type. */
    public boolean isHidden() {
        return m_hidden;
    }

    /** True if a port of this type takes the objects of the other type. */
    public boolean isSuperTypeOf(final PortType subType) {
        return m_objectClass.isAssignableFrom(subType.m_objectClass);
    }

    @Override
    public String toString() {
        return m_name;
    }
}
