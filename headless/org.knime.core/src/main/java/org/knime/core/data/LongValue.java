package org.knime.core.data;

/** A cell whose content can be read as a 64-bit integer. */
public interface LongValue extends DataValue {

    long getLongValue();
}
