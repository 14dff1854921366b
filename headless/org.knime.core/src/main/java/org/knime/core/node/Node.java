package org.knime.core.node;

import java.util.Map;
import java.util.Optional;
import org.knime.core.node.context.ModifiableNodeCreationConfiguration;
import org.knime.core.node.context.ports.ModifiablePortsConfiguration;
import org.knime.core.node.workflow.CredentialsProvider;
import org.realm4knime.standin.NodePlace;

/** A node in a workflow, of which nodes may ask only where their ports are, and for credentials. */
public final class Node {

    private final NodePlace m_place;

    public Node(final NodePlace place) {
        m_place = place;
    }

    /** What the node can see of the workflow's credentials and those that flow to it. */
    public CredentialsProvider getCredentialsProvider() {
        return new CredentialsProvider(m_place.keyring());
    }

    /** The node's ports. */
    public Optional<ModifiableNodeCreationConfiguration> getCopyOfCreationConfig() {
        return Optional.of(new ModifiableNodeCreationConfiguration(new ModifiablePortsConfiguration() {

            @Override
            public Map<String, int[]> getInputPortLocation() {
                return m_place.inputs();
            }

            @Override
            public Map<String, int[]> getOutputPortLocation() {
                return m_place.outputs();
            }
        }));
    }
}
