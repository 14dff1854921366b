package org.realm4knime.standin;

import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

/**
 * What makes a port type.
 *
 * @param objects class of its objects
 * @param specs class of their specs
 * @param name for people
 * @param hidden whether users cannot choose it
 */
public record PortKind(
        Class<? extends PortObject> objects, Class<? extends PortObjectSpec> specs, String name, boolean hidden) {}
