package org.knime.core.webui.node.dialog.defaultdialog;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.util.CheckUtils;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.realm4knime.headless.parameters.ParametersPersistence;

/** Makes, writes and reads the parameters of nodes. */
public final class NodeParametersUtil {

    private NodeParametersUtil() {}

    /** The input for the parameters of the node of the current context. */
    public static NodeParametersInput createDefaultNodeSettingsContext(final PortObjectSpec[] specs) {
        return NodeParametersInputImpl.ofCurrentContext(specs);
    }

    /** @throws InvalidSettingsException if a key is missing or has another type or value than the parameter */
    public static <S extends NodeParameters> S loadSettings(final NodeSettingsRO settings, final Class<S> clazz)
            throws InvalidSettingsException {
        return clazz.cast(ParametersPersistence.load(clazz, settings));
    }

    /** The parameters with their default values. */
    public static <S extends NodeParameters> S createSettings(final Class<S> clazz) {
        return clazz.cast(ParametersPersistence.createDefault(clazz));
    }

    /** The parameters as a node makes them for its first input. */
    public static <S extends NodeParameters> S createSettings(final Class<S> clazz, final PortObjectSpec[] specs) {
        return createSettings(clazz, createDefaultNodeSettingsContext(specs));
    }

    /** The parameters as a node makes them for its first input. */
    public static <S extends NodeParameters> S createSettings(final Class<S> clazz, final NodeParametersInput context) {
        return clazz.cast(ParametersPersistence.createFor(clazz, context));
    }

    /** @throws IllegalArgumentException if the object is not of the class */
    public static void saveSettings(
            final Class<? extends NodeParameters> settingsClass,
            final NodeParameters settingsObject,
            final NodeSettingsWO settings) {
        CheckUtils.checkArgument(
                settingsClass.isInstance(settingsObject), "%s are no %s", settingsObject, settingsClass.getName());
        ParametersPersistence.save(settingsObject, settings);
    }
}
