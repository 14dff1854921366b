package org.knime.core.node.context;

import java.util.Optional;
import org.knime.core.node.context.ports.ModifiablePortsConfiguration;

/** What a node is made with: its ports. */
public final class ModifiableNodeCreationConfiguration {

    private final ModifiablePortsConfiguration m_portsConfig;

    public ModifiableNodeCreationConfiguration(final ModifiablePortsConfiguration portsConfig) {
        m_portsConfig = portsConfig;
    }

    public Optional<ModifiablePortsConfiguration> getPortConfig() {
        return Optional.of(m_portsConfig);
    }
}
