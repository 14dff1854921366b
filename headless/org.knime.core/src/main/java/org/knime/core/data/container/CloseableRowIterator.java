package org.knime.core.data.container;

import java.io.Closeable;
import java.util.Iterator;
import org.knime.core.data.DataRow;

/** An iterator over the rows of a table that gives its resources back when closed. */
public abstract class CloseableRowIterator implements Iterator<DataRow>, Closeable {

    @Override
    public abstract boolean hasNext();

    @Override
    public abstract DataRow next();

    @Override
    public abstract void close();
}
