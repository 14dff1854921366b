package org.knime.node.parameters.widget.choices.util;

/** Knows the data port whose columns are the choices. */
public interface InputTableIndexHolder {

    /** The data port, counted from 0. */
    default int getInputTableIndex() {
        return 0;
    }
}
