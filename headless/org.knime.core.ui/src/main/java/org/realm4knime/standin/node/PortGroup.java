package org.realm4knime.standin.node;

import org.knime.core.node.port.PortType;

/**
 * A group of ports as a node declares it. All its ports have one type.
 *
 * @param id by which workflows know the group
 * @param side inputs or outputs
 * @param name of each of its ports
 * @param description simple HTML
 * @param mode what users can change
 * @param type of each of its ports; null until it is declared
 * @param fixed number of ports that cannot be removed
 * @param defaults number of ports that a new node has besides
 */
public record PortGroup(
        String id, Side side, String name, String description, Mode mode, PortType type, int fixed, int defaults) {

    /** Where the ports are. */
    public enum Side {
        INPUT,
        OUTPUT
    }

    /** What users can change. */
    public enum Mode {
        /** Nothing: there is one port. */
        FIXED(0),
        /** One port can be added. */
        OPTIONAL(1),
        /** Any number of ports can be added. */
        EXTENDABLE(Integer.MAX_VALUE);

        private final int maxAdded;

        Mode(int maxAdded) {
            this.maxAdded = maxAdded;
        }

        /** @return how many ports users can add at most */
        public int maxAdded() {
            return maxAdded;
        }
    }

    /** A group of which only these four are known yet. */
    public PortGroup(String id, Side side, String name, String description) {
        this(id, side, name, description, Mode.FIXED, null, 0, 0);
    }

    /** @return the group with mode and type */
    public PortGroup with(Mode newMode, PortType newType) {
        return new PortGroup(id, side, name, description, newMode, newType, fixed, defaults);
    }

    /** @return the group with that many ports that cannot be removed */
    public PortGroup withFixed(int number) {
        return new PortGroup(id, side, name, description, mode, type, number, defaults);
    }

    /** @return the group with that many ports that a new node has besides */
    public PortGroup withDefaults(int number) {
        return new PortGroup(id, side, name, description, mode, type, fixed, number);
    }
}
