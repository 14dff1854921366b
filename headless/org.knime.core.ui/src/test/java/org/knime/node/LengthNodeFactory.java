package org.knime.node;

import java.util.List;
import java.util.Map;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.webui.data.DataServiceException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultView.ViewInput;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.util.ColumnSelectionUtil;
import org.knime.node.parameters.widget.choices.util.CompatibleColumnsProvider.StringColumnsProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** A node that appends a column with the length of a text. */
public final class LengthNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Length")
            .icon("../node/icons/./length.png")
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
            .addView(view -> view.parametersClass(ViewParameters.class)
                    .description("The longest text.")
                    .page(page -> page.fromFile()
                            .bundleClass(LengthNodeFactory.class)
                            .basePath("web")
                            .relativeFilePath("view.html")
                            .addResourceDirectory("lib"))
                    .initialData(data -> data.data(LengthNodeFactory::initialData)))
            .keywords("count", "characters")
            .addExternalResource("https://example.com", "More");

    @Section(title = "Output")
    interface OutputSection {}

    @Section(title = "Input")
    interface InputSection {}

    @Section(title = "Last")
    @After(OutputSection.class)
    interface LastSection {}

    enum Unit {
        @Label(value = "Characters", description = "Every <i>character</i> counts.")
        CHARACTERS,
        BLANK_SEPARATED_WORDS
    }

    /** What the node needs to know. */
    static final class Parameters implements NodeParameters {

        @Widget(title = "New column", description = "Its name.")
        @Layout(LastSection.class)
        String m_newColumn = "length";

        @Widget(title = "Unit", description = "What is counted.")
        @Layout(OutputSection.class)
        Unit m_unit = Unit.CHARACTERS;

        @Widget(title = "Text column", description = "The texts.")
        @ChoicesProvider(StringColumnsProvider.class)
        String m_column = "";

        @Widget(title = "At most", description = "Longer texts are cut.")
        @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
        int m_atMost = 1000;

        Parameters() {}

        Parameters(final NodeParametersInput input) {
            m_column = ColumnSelectionUtil.getStringColumns(input, 0).stream()
                    .reduce((first, second) -> second)
                    .map(DataColumnSpec::getName)
                    .orElse("");
        }

        @Override
        public void validate() throws InvalidSettingsException {
            if (m_atMost < 1) {
                throw new InvalidSettingsException("\"At most\" must be at least 1.");
            }
        }
    }

    /** What the view needs to know. */
    static final class ViewParameters implements NodeParameters {

        @Widget(title = "Title", description = "Above the view.")
        String m_title = "Longest";
    }

    /** Made by the framework. */
    public LengthNodeFactory() {
        super(NODE);
    }

    private static DataTableSpec spec(final Parameters parameters, final DataTableSpec in) {
        return new DataTableSpec(
                in, new DataTableSpec(new String[] {parameters.m_newColumn}, new DataType[] {IntCell.TYPE}));
    }

    private static void configure(final ConfigureInput input, final ConfigureOutput output)
            throws InvalidSettingsException {
        final Parameters parameters = input.getParameters();
        if (!input.getInTableSpec(0).containsName(parameters.m_column)) {
            throw new InvalidSettingsException("There is no column \"" + parameters.m_column + "\".");
        }
        output.setOutSpecs(spec(parameters, input.getInTableSpec(0)));
    }

    private static void execute(final ExecuteInput input, final ExecuteOutput output)
            throws CanceledExecutionException, KNIMEException {
        final Parameters parameters = input.getParameters();
        final BufferedDataTable table = input.getInTable(0);
        final int column = table.getDataTableSpec().findColumnIndex(parameters.m_column);
        final BufferedDataContainer rows =
                input.getExecutionContext().createDataContainer(spec(parameters, table.getDataTableSpec()));
        for (final DataRow row : table) {
            final int length =
                    ((StringValue) row.getCell(column)).getStringValue().length();
            rows.addRowToTable(new DefaultRow(row.getKey(), row.getCell(0), new IntCell(length)));
        }
        rows.close();
        output.setOutData(rows.getTable());
        output.setInternalData(rows.getTable());
        output.setWarningMessage(table.size() + " texts");
    }

    private static Map<String, Object> initialData(final ViewInput input) {
        final ViewParameters parameters = input.getParameters();
        if (input.getInternalPortObjects() == null) {
            throw new DataServiceException("Nothing to show.", "Execute the node.");
        }
        return Map.of("title", parameters.m_title, "sizes", List.of(input.getInternalTables()[0].size()));
    }
}
