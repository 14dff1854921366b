package org.knime.core.data;

/** A cell whose content can be read as a truth value. */
public interface BooleanValue extends DataValue {

    boolean getBooleanValue();
}
