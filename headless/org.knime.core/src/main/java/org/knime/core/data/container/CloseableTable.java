package org.knime.core.data.container;

import org.knime.core.data.DataTable;

/** A table that gives its resources back when closed. */
public interface CloseableTable extends DataTable, AutoCloseable {

    @Override
    default void close() {
        // nothing to give back unless an implementation says so
    }
}
