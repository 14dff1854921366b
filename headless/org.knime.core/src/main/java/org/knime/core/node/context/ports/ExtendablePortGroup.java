package org.knime.core.node.context.ports;

import java.util.stream.Stream;
import org.knime.core.node.port.PortType;

/** A group of fixed ports followed by ports that the user adds. */
public interface ExtendablePortGroup extends ConfigurablePortGroup {

    PortType[] getFixedPorts();

    /** The ports the user added. */
    PortType[] getConfiguredPorts();

    boolean canAddPort();

    boolean hasConfiguredPorts();

    void addPort(PortType pType);

    /** Removes the port added last and returns its type. */
    PortType removeLastPort();

    @Override
    default PortType[] getInputPorts() {
        return ports(definesInputPorts());
    }

    @Override
    default PortType[] getOutputPorts() {
        return ports(definesOutputPorts());
    }

    private PortType[] ports(final boolean defined) {
        if (!defined) {
            throw new UnsupportedOperationException("The port group has no ports on this side");
        }
        return Stream.of(getFixedPorts(), getConfiguredPorts())
                .flatMap(Stream::of)
                .toArray(PortType[]::new);
    }
}
