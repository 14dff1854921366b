package org.realm4knime.standin.node;

import java.util.List;
import java.util.Map;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.DefaultView.ViewInput;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;

/** A node that measures texts, and fails in the way that its parameters ask for. */
public final class LengthNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Length")
            .icon("length.png")
            .shortDescription("Measures texts.")
            .fullDescription("<p>Appends the length of a text &amp; nothing else.</p>")
            .sinceVersion(5, 8, 0)
            .dynamicPorts(ports -> ports.addInputPortGroup(
                            "Texts",
                            g -> g.name("Texts").description("A table.").fixed(BufferedDataTable.TYPE))
                    .addInputPortGroup("Extra", g -> g.name("Extra texts")
                            .description("Another table.")
                            .optional()
                            .supportedTypes(BufferedDataTable.TYPE))
                    .addOutputPortGroup(
                            "Lengths",
                            g -> g.name("Lengths").description("The table.").fixed(BufferedDataTable.TYPE)))
            .model(model -> model.parametersClass(Parameters.class)
                    .configure(LengthNodeFactory::configure)
                    .execute(LengthNodeFactory::execute))
            .addView(view -> view.withoutParameters()
                    .description("The longest text.")
                    .page(page -> page.fromFile()
                            .bundleClass(LengthNodeFactory.class)
                            .basePath("web")
                            .relativeFilePath("view.html")
                            .addResourceFile("lib/draw.js"))
                    .initialData(data -> data.data(LengthNodeFactory::initialData)))
            .keywords("count", "characters");

    /** How the execution ends. */
    enum End {
        WELL,
        EMPTY,
        WITHOUT_RESULT,
        REFUSED,
        FAILED,
        NULL_POINTER
    }

    /** What the node needs to know. */
    static final class Parameters implements NodeParameters {

        String column = "";
        int atMost = 1000;
        End end = End.WELL;

        Parameters() {}

        Parameters(NodeParametersInput input) {
            DataTableSpec table = (DataTableSpec) input.getInPortSpec(0).orElseThrow();
            column = table.getColumnSpec(table.getNumColumns() - 1).getName();
        }

        @Override
        public void validate() throws InvalidSettingsException {
            if (atMost < 1) {
                throw new InvalidSettingsException("\"At most\" must be at least 1.");
            }
        }
    }

    /** Made by the framework. */
    public LengthNodeFactory() {
        super(NODE);
    }

    static DataTableSpec spec(DataColumnSpec text) {
        return new DataTableSpec(text, new DataColumnSpecCreator("length", IntCell.TYPE).createSpec());
    }

    private static void configure(ConfigureInput input, ConfigureOutput output) throws InvalidSettingsException {
        Parameters parameters = input.getParameters();
        if (!input.getInTableSpec(0).containsName(parameters.column)) {
            throw new InvalidSettingsException("There is no column \"" + parameters.column + "\".");
        }
        output.setOutSpecs(spec(input.getInTableSpec(0).getColumnSpec(0)));
    }

    private static void execute(ExecuteInput input, ExecuteOutput output)
            throws CanceledExecutionException, KNIMEException {
        Parameters parameters = input.getParameters();
        BufferedDataTable table = input.getInTable(0);
        BufferedDataContainer rows = input.getExecutionContext()
                .createDataContainer(spec(table.getDataTableSpec().getColumnSpec(0)));
        for (DataRow row : table) {
            input.getExecutionContext().setProgress(0.5, "measuring");
            if (parameters.end == End.WELL) {
                int length = ((StringValue) row.getCell(0)).getStringValue().length();
                rows.addRowToTable(new DefaultRow(row.getKey(), row.getCell(0), new IntCell(length)));
                output.setWarningMessage(table.size() + " texts");
            }
        }
        rows.close();
        output.setInternalData(rows.getTable());
        input.getExecutionContext().checkCanceled();
        switch (parameters.end) {
            case REFUSED -> throw new KNIMEException("There is no model.", null);
            case FAILED -> throw new IllegalStateException("out of luck");
            case NULL_POINTER -> throw new NullPointerException();
            case WITHOUT_RESULT -> output.setWarningMessage("nothing");
            default -> output.setOutData(rows.getTable());
        }
    }

    private static Map<String, Object> initialData(ViewInput input) {
        return input.getInternalPortObjects() == null
                ? Map.of("kept", false)
                : Map.of("sizes", List.of(input.getInternalTables()[0].size()));
    }
}
