package org.realm4knime.standin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;

/**
 * A table as one compressed file: a magic number, the spec as settings XML, then the rows (a 1 before each, a 0 at the
 * end), each its key and its cells with a letter for the class. The format is the runner's own.
 */
public final class TableFile {

    private static final int MAGIC = 0x52744231;
    private static final int BUFFER = 1 << 16;
    private static final String COLUMNS = "number_columns";
    private static final String COLUMN = "column_spec_";
    private static final String NAME = "column_name";
    private static final String TYPE = "column_type";
    private static final String CELL_CLASS = "cell_class";

    private TableFile() {}

    /**
     * @param table a table
     * @param file to write
     * @throws IOException if it cannot be written
     */
    public static void write(BufferedDataTable table, Path file) throws IOException {
        try (DataOutputStream data = new DataOutputStream(
                new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), BUFFER))) {
            data.writeInt(MAGIC);
            ByteArrayOutputStream xml = new ByteArrayOutputStream();
            settings(table.getDataTableSpec()).saveToXML(xml);
            writeBytes(data, xml.toByteArray());
            for (DataRow row : table) {
                data.writeByte(1);
                writeText(data, row.getKey().getString());
                for (DataCell cell : row) {
                    writeCell(data, cell);
                }
            }
            data.writeByte(0);
        }
    }

    private static NodeSettings settings(DataTableSpec spec) {
        NodeSettings settings = new NodeSettings("spec");
        settings.addString("spec_name", "default");
        settings.addInt(COLUMNS, spec.getNumColumns());
        for (int i = 0; i < spec.getNumColumns(); i++) {
            DataColumnSpec column = spec.getColumnSpec(i);
            NodeSettings saved = new NodeSettings(COLUMN + i);
            saved.addString(NAME, column.getName());
            saved.addNodeSettings(TYPE)
                    .addString(CELL_CLASS, column.getType().getCellClass().getName());
            saved.addNodeSettings("column_domain");
            settings.addNodeSettings(saved);
        }
        return settings;
    }

    private static void writeCell(DataOutputStream data, DataCell cell) throws IOException {
        if (cell.isMissing()) {
            data.writeByte('m');
        } else if (cell instanceof StringCell c) {
            data.writeByte('s');
            writeText(data, c.getStringValue());
        } else if (cell instanceof BooleanCell c) {
            data.writeByte(c.getBooleanValue() ? 't' : 'f');
        } else if (cell instanceof IntCell c) {
            data.writeByte('i');
            data.writeInt(c.getIntValue());
        } else if (cell instanceof LongCell c) {
            data.writeByte('l');
            data.writeLong(c.getLongValue());
        } else if (cell instanceof DoubleCell c) {
            data.writeByte('d');
            data.writeDouble(c.getDoubleValue());
        } else {
            throw new IOException("Cells of class " + cell.getClass().getName() + " cannot be written here");
        }
    }

    /**
     * @param file that {@link #write} has written
     * @param context of the node whose table it is
     * @return the table
     * @throws IOException if it cannot be read
     */
    public static BufferedDataTable read(Path file, ExecutionContext context) throws IOException {
        try (DataInputStream data =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)), BUFFER))) {
            if (data.readInt() != MAGIC) {
                throw new IOException("This is not a table file");
            }
            DataTableSpec spec = spec(NodeSettings.loadFromXML(new ByteArrayInputStream(readBytes(data))));
            BufferedDataContainer rows = context.createDataContainer(spec);
            while (data.readByte() == 1) {
                RowKey key = new RowKey(readText(data));
                DataCell[] cells = new DataCell[spec.getNumColumns()];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = readCell(data);
                }
                rows.addRowToTable(new DefaultRow(key, cells));
            }
            rows.close();
            return rows.getTable();
        } catch (InvalidSettingsException e) {
            throw new IOException("The table file has a broken spec: " + e.getMessage(), e);
        }
    }

    private static DataTableSpec spec(NodeSettingsRO settings) throws InvalidSettingsException {
        DataColumnSpec[] columns = new DataColumnSpec[settings.getInt(COLUMNS)];
        for (int i = 0; i < columns.length; i++) {
            NodeSettingsRO saved = settings.getNodeSettings(COLUMN + i);
            String cellClass = saved.getNodeSettings(TYPE).getString(CELL_CLASS);
            columns[i] = new DataColumnSpecCreator(saved.getString(NAME), type(cellClass)).createSpec();
        }
        return new DataTableSpec(columns);
    }

    private static DataType type(String cellClass) throws InvalidSettingsException {
        try {
            return DataType.getType(Class.forName(cellClass).asSubclass(DataCell.class));
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new InvalidSettingsException("The cell class " + cellClass + " is not known here", e);
        }
    }

    private static DataCell readCell(DataInputStream data) throws IOException {
        char kind = (char) data.readByte();
        return switch (kind) {
            case 'm' -> DataType.getMissingCell();
            case 's' -> new StringCell(readText(data));
            case 't' -> BooleanCell.TRUE;
            case 'f' -> BooleanCell.FALSE;
            case 'i' -> new IntCell(data.readInt());
            case 'l' -> new LongCell(data.readLong());
            case 'd' -> new DoubleCell(data.readDouble());
            default -> throw new IOException("The table file is broken: unknown cell kind '" + kind + "'");
        };
    }

    private static void writeText(DataOutputStream data, String text) throws IOException {
        writeBytes(data, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream data) throws IOException {
        return new String(readBytes(data), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutputStream data, byte[] bytes) throws IOException {
        data.writeInt(bytes.length);
        data.write(bytes);
    }

    private static byte[] readBytes(DataInputStream data) throws IOException {
        return data.readNBytes(data.readInt());
    }
}
