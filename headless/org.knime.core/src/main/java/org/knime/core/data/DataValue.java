package org.knime.core.data;

/** Base of the views on a cell's content: a cell offers a view by implementing its interface. */
public interface DataValue {}
