package org.realm4knime.standin;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a node is.
 *
 * @param workflow folder of its workflow
 * @param number of the node in its workflow
 * @param inputs positions of the input ports of each port group that has any, from 0, by the group's identifier
 * @param outputs the same of the output ports
 * @param keyring the credentials that it can see
 */
public record NodePlace(
        Path workflow, int number, Map<String, int[]> inputs, Map<String, int[]> outputs, Keyring keyring) {

    /** A node that sees no credentials. */
    public NodePlace(Path workflow, int number, Map<String, int[]> inputs, Map<String, int[]> outputs) {
        this(workflow, number, inputs, outputs, Keyring.empty());
    }
}
