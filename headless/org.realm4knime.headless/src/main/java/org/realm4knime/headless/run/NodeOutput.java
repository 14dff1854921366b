package org.realm4knime.headless.run;

import org.knime.core.node.port.PortObject;

/**
 * What one output port of an executed node holds.
 *
 * @param port number of the port, from 1
 * @param name the port's name in the node's description
 * @param object the table or other port object
 */
public record NodeOutput(int port, String name, PortObject object) {}
