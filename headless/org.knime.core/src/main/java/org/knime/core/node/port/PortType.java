package org.knime.core.node.port;

import org.realm4knime.standin.PortKind;

/** The type of a port: the class of the objects it takes. Types come from the {@link PortTypeRegistry}. */
public final class PortType {

    private final PortKind m_kind;

    public PortType(final PortKind kind) {
        m_kind = kind;
    }

    public String getName() {
        return m_kind.name();
    }

    public Class<? extends PortObject> getPortObjectClass() {
        return m_kind.objects();
    }

    public Class<? extends PortObjectSpec> getPortObjectSpecClass() {
        return m_kind.specs();
    }

    /** Whether users cannot choose the type. */
    public boolean isHidden() {
        return m_kind.hidden();
    }

    /** True if a port of this type takes the objects of the other type. */
    public boolean isSuperTypeOf(final PortType subType) {
        return m_kind.objects().isAssignableFrom(subType.m_kind.objects());
    }

    @Override
    public String toString() {
        return m_kind.name();
    }
}
