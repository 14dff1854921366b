package org.knime.core.data.container;

/** A table with a known number of rows, as a {@link DataContainer} makes it. */
public interface ContainerTable extends CloseableTable {

    /** The number of rows. */
    long size();

    @Override
    CloseableRowIterator iterator();
}
