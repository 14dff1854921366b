package org.knime.node.parameters.validation;

/** A check of a value by the dialog. */
public interface BuiltinValidation {

    /** What users read when the value does not pass. */
    String getErrorMessage();
}
