package org.realm4knime.headless.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.realm4knime.engine.WholeFile;
import org.realm4knime.headless.run.NodeOutput;
import org.realm4knime.headless.workflow.WorkflowNode;

/** Writes node outputs as CSV (RFC 4180, UTF-8, header line, missing cells empty). */
public final class CsvTables {

    private CsvTables() {}

    /**
     * @param node a node
     * @param output one of its outputs
     * @return a file name that says which output it is: {@code route-verifier-mrpv-7-contrasts.csv}
     */
    public static String fileName(WorkflowNode node, NodeOutput output) {
        String name = slug(output.name());
        return slug(node.name()) + "-" + node.id() + "-" + (name.isEmpty() ? output.port() : name) + ".csv";
    }

    private static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    }

    /**
     * @param table what to write
     * @param file where to; replaced
     */
    public static void write(BufferedDataTable table, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader(table.getDataTableSpec().getColumnNames())
                .get();
        WholeFile.writeText(file, out -> {
            CSVPrinter csv = new CSVPrinter(out, format);
            for (DataRow row : table) {
                List<String> values = new ArrayList<>();
                for (DataCell cell : row) {
                    values.add(cell.isMissing() ? null : cell.toString());
                }
                csv.printRecord(values);
            }
        });
    }
}
