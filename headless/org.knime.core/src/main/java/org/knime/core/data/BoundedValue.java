package org.knime.core.data;

/** Marks cells whose smallest and largest value a column's domain keeps. */
public interface BoundedValue extends DataValue {}
