package org.knime.core.data.container;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.MissingCell;
import org.knime.core.data.MissingValue;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

/**
 * A table as one compressed file: a magic number, the spec as settings XML, then the rows (a 1 before each, a 0 at the
 * end), each its key and its cells with a letter for the class. The format is this stand-in's own.
 */
final class TableFile {

    private static final int MAGIC = 0x52744231;

    private TableFile() {}

    static void write(final DataTable table, final OutputStream out, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        final GZIPOutputStream zip = new GZIPOutputStream(out);
        final DataOutputStream data = new DataOutputStream(new BufferedOutputStream(zip, 1 << 16));
        data.writeInt(MAGIC);
        final NodeSettings spec = new NodeSettings("spec");
        table.getDataTableSpec().save(spec);
        final ByteArrayOutputStream xml = new ByteArrayOutputStream();
        spec.saveToXML(xml);
        writeBytes(data, xml.toByteArray());
        for (final DataRow row : table) {
            exec.checkCanceled();
            data.writeByte(1);
            writeText(data, row.getKey().getString());
            for (final DataCell cell : row) {
                writeCell(data, cell);
            }
        }
        data.writeByte(0);
        data.flush();
        zip.finish();
    }

    private static void writeCell(final DataOutputStream data, final DataCell cell) throws IOException {
        if (cell instanceof MissingValue missing) {
            data.writeByte(missing.getError() == null ? 'm' : 'M');
            if (missing.getError() != null) {
                writeText(data, missing.getError());
            }
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

    static ContainerTable read(final InputStream in) throws IOException {
        try (DataInputStream data = new DataInputStream(new BufferedInputStream(new GZIPInputStream(in), 1 << 16))) {
            if (data.readInt() != MAGIC) {
                throw new IOException("This is not a table file");
            }
            final DataTableSpec spec =
                    DataTableSpec.load(NodeSettings.loadFromXML(new ByteArrayInputStream(readBytes(data))));
            final List<DataRow> rows = new ArrayList<>();
            while (data.readByte() == 1) {
                final RowKey key = new RowKey(readText(data));
                final DataCell[] cells = new DataCell[spec.getNumColumns()];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = readCell(data);
                }
                rows.add(new DefaultRow(key, cells));
            }
            return new MemoryTable(spec, rows);
        } catch (final InvalidSettingsException e) {
            throw new IOException("The table file has a broken spec: " + e.getMessage(), e);
        }
    }

    private static DataCell readCell(final DataInputStream data) throws IOException {
        final char kind = (char) data.readByte();
        return switch (kind) {
            case 'm' -> new MissingCell(null);
            case 'M' -> new MissingCell(readText(data));
            case 's' -> new StringCell(readText(data));
            case 't' -> BooleanCell.TRUE;
            case 'f' -> BooleanCell.FALSE;
            case 'i' -> new IntCell(data.readInt());
            case 'l' -> new LongCell(data.readLong());
            case 'd' -> new DoubleCell(data.readDouble());
            default -> throw new IOException("The table file is broken: unknown cell kind '" + kind + "'");
        };
    }

    private static void writeText(final DataOutputStream data, final String text) throws IOException {
        writeBytes(data, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(final DataInputStream data) throws IOException {
        return new String(readBytes(data), StandardCharsets.UTF_8);
    }

    private static void writeBytes(final DataOutputStream data, final byte[] bytes) throws IOException {
        data.writeInt(bytes.length);
        data.write(bytes);
    }

    private static byte[] readBytes(final DataInputStream data) throws IOException {
        return data.readNBytes(data.readInt());
    }
}
