package org.knime.core.data;

/** Rows of one structure, which can be read many times. */
public interface DataTable extends Iterable<DataRow> {

    DataTableSpec getDataTableSpec();

    @Override
    RowIterator iterator();
}
