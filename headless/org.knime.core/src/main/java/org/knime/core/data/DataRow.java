package org.knime.core.data;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A row of a table: its key and its cells in column order. */
public interface DataRow extends Iterable<DataCell> {

    int getNumCells();

    RowKey getKey();

    /** @throws IndexOutOfBoundsException if there is no such column */
    DataCell getCell(int index);

    default Stream<DataCell> stream() {
        return StreamSupport.stream(spliterator(), false);
    }
}
