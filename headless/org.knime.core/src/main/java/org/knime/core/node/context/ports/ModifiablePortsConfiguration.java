package org.knime.core.node.context.ports;

/** The ports of a node. */
public interface ModifiablePortsConfiguration extends PortsConfiguration {}
