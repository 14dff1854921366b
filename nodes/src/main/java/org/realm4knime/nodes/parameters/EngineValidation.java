package org.realm4knime.nodes.parameters;

import java.util.function.Supplier;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.update.UsualRates;

/**
 * Checks settings by handing them to the engine. The bounds of a dialog hold in the dialog only, not for flow variables
 * nor for settings changed on a command line.
 */
public final class EngineValidation {

    /** Learning rates for a check, which is before the model is known: they are valid, whatever the model. */
    public static final UsualRates ANY_RATES = UsualRates.of(1, false, false);

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
