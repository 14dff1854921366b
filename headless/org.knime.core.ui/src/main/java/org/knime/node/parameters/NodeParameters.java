package org.knime.node.parameters;

import org.knime.core.node.InvalidSettingsException;

/**
 * The parameters of a node: fields that are shown in its dialog and written to its settings. There is a constructor
 * without arguments, whose field values are the defaults. There may be one with a {@link NodeParametersInput}, which is
 * used when a new node gets its first input. A field is written under its name (without a leading {@code m_}) unless it
 * is private, static or transient.
 */
public interface NodeParameters {

    /** Checks the values, when settings are applied and when a new node is configured. */
    default void validate() throws InvalidSettingsException {}
}
