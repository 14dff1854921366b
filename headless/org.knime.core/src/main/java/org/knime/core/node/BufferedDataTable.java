package org.knime.core.node;

import javax.swing.JComponent;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.ContainerTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** A table that flows between nodes; made by an {@link ExecutionContext}. */
public final class BufferedDataTable implements DataTable, PortObject {

    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(BufferedDataTable.class);

    public static final PortType TYPE_OPTIONAL =
            PortTypeRegistry.getInstance().getPortType(BufferedDataTable.class, true);

    private final ContainerTable m_table;
    private final DataTableSpec m_spec;

    BufferedDataTable(final ContainerTable table) {
        this(table, table.getDataTableSpec());
    }

    private BufferedDataTable(final ContainerTable table, final DataTableSpec spec) {
        m_table = table;
        m_spec = spec;
    }

    BufferedDataTable withSpec(final DataTableSpec spec) {
        return new BufferedDataTable(m_table, spec);
    }

    @Override
    public DataTableSpec getDataTableSpec() {
        return m_spec;
    }

    @Override
    public DataTableSpec getSpec() {
        return m_spec;
    }

    @Override
    public CloseableRowIterator iterator() {
        return m_table.iterator();
    }

    /** The number of rows. */
    public long size() {
        return m_table.size();
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
