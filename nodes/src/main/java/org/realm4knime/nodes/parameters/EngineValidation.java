package org.realm4knime.nodes.parameters;

import java.util.function.Supplier;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.EngineException;

/**
 * Checks settings by handing them to the engine. The bounds of a dialog hold in the dialog only, not for flow variables
 * nor for settings changed on a command line.
 */
public final class EngineValidation {

    private EngineValidation() {}

    /**
     * Checks settings.
     *
     * @param settings makes the engine's settings, which check themselves
     * @throws InvalidSettingsException with the engine's message, if they are not valid
     */
    public static void check(Supplier<?> settings) throws InvalidSettingsException {
        try {
            Object unused = settings.get();
        } catch (EngineException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
