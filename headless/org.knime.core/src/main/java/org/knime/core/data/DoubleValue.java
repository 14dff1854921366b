package org.knime.core.data;

/** A cell whose content can be read as a floating point number. */
public interface DoubleValue extends DataValue {

    double getDoubleValue();
}
