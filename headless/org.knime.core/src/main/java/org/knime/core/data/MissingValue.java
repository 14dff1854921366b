package org.knime.core.data;

/** A missing value with an optional reason. */
public interface MissingValue extends DataValue {

    /** Why the value is missing; null if not told. */
    String getError();
}
