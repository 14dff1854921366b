package org.knime.core.data;

/** Marks cells whose distinct values a column's domain lists. */
public interface NominalValue extends DataValue {}
