package org.realm4knime.nodes.port;

import java.util.function.Function;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.RequirePorts.ConfigurablePort;
import org.knime.node.RequirePorts.RequirePortName;

/**
 * Declares the kinds of ports that the nodes have. Saved workflows know a port's group by its id, which is the port's
 * name, but where a port was renamed since.
 */
public final class Ports {

    private Ports() {}

    /** A table that is always there. */
    public static Function<RequirePortName, ConfigurablePort> table(String name, String description) {
        return group -> group.name(name).description(description).fixed(BufferedDataTable.TYPE);
    }

    /** A table that the user may add. */
    public static Function<RequirePortName, ConfigurablePort> optionalTable(String name, String description) {
        return group -> group.name(name).description(description).optional().supportedTypes(BufferedDataTable.TYPE);
    }

    /** As many tables as the user adds, or none. */
    public static Function<RequirePortName, ConfigurablePort> optionalTables(String name, String description) {
        return group -> group.name(name).description(description).extendable().supportedTypes(BufferedDataTable.TYPE);
    }

    /** A model that is always there. */
    public static Function<RequirePortName, ConfigurablePort> model(String name, String description) {
        return group -> group.name(name).description(description).fixed(LanguageModelPortObject.TYPE);
    }

    /** A model that the user may add. */
    public static Function<RequirePortName, ConfigurablePort> optionalModel(String name, String description) {
        return group ->
                group.name(name).description(description).optional().supportedTypes(LanguageModelPortObject.TYPE);
    }

    /**
     * As many models as the user adds after a first one, which is a port of its own: KNIME names ports by the fixed
     * ones and those that were added, so that the fixed part of an extendable group would shift the names of all ports
     * after it.
     */
    public static Function<RequirePortName, ConfigurablePort> furtherModels(String name, String description) {
        return group ->
                group.name(name).description(description).extendable().supportedTypes(LanguageModelPortObject.TYPE);
    }
}
