package org.knime.core.node;

import java.util.Iterator;
import java.util.List;
import javax.swing.JComponent;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.realm4knime.standin.PortKind;

/** A table that flows between nodes, here always in memory; made by an {@link ExecutionContext}. */
public final class BufferedDataTable implements Iterable<DataRow>, PortObject {

    public static final PortType TYPE =
            new PortType(new PortKind(BufferedDataTable.class, DataTableSpec.class, "Data Table", false));

    private final DataTableSpec m_spec;
    private final List<DataRow> m_rows;

    BufferedDataTable(final DataTableSpec spec, final List<DataRow> rows) {
        m_spec = spec;
        m_rows = rows;
    }

    public DataTableSpec getDataTableSpec() {
        return m_spec;
    }

    @Override
    public DataTableSpec getSpec() {
        return m_spec;
    }

    @Override
    public CloseableRowIterator iterator() {
        final Iterator<DataRow> rows = m_rows.iterator();
        return new CloseableRowIterator() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public DataRow next() {
                return rows.next();
            }

            @Override
            public void close() {
                // the rows are in memory
            }
        };
    }

    /** The number of rows. */
    public long size() {
        return m_rows.size();
    }

    /** For instance "Rows: 7, Cols: 3". */
    @Override
    public String getSummary() {
        return "Rows: " + size() + ", Cols: " + m_spec.getNumColumns();
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
