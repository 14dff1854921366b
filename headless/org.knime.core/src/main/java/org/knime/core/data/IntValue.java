package org.knime.core.data;

/** A cell whose content can be read as a 32-bit integer. */
public interface IntValue extends DataValue {

    int getIntValue();
}
