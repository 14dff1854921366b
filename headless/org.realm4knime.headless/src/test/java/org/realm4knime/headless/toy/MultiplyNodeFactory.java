package org.realm4knime.headless.toy;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.IntValue;
import org.knime.core.data.def.IntCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;

/** Multiplies the numbers of a table. Warns about zero, fails below it. Counts how often it has run in this process. */
public final class MultiplyNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Multiply")
            .icon("icon.png")
            .shortDescription("Multiplies.")
            .fullDescription("Multiplies.")
            .sinceVersion(5, 8, 0)
            .ports(ports -> ports.addInputPort("Numbers", "Numbers.", BufferedDataTable.TYPE)
                    .addOutputTable("Products", "Products."))
            .model(model -> model.parametersClass(MultiplyNodeParameters.class)
                    .configure(MultiplyNodeFactory::configure)
                    .execute(MultiplyNodeFactory::execute));

    private static int runs;

    /** Called by KNIME. */
    public MultiplyNodeFactory() {
        super(NODE);
    }

    /** @return how many nodes of this kind have run since the last call */
    public static int takeRuns() {
        int result = runs;
        runs = 0;
        return result;
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        if (in.getInTableSpec(0).findColumnIndex("number") < 0) {
            throw new InvalidSettingsException("The input has no column \"number\".");
        }
        out.setOutSpec(0, in.getInTableSpec(0));
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException {
        runs++;
        MultiplyNodeParameters parameters = in.getParameters();
        if (parameters.factor < 0) {
            throw new IllegalArgumentException("The factor must not be negative.");
        }
        List<List<DataCell>> rows = new ArrayList<>();
        for (DataRow row : in.getInTable(0)) {
            in.getExecutionContext().checkCanceled();
            rows.add(List.of(
                    row.getCell(0), new IntCell(((IntValue) row.getCell(1)).getIntValue() * parameters.factor)));
        }
        if (parameters.factor == 0) {
            out.setWarningMessage("All products are zero.");
        }
        out.setOutData(0, Tables.of(NumbersNodeFactory.SPEC, rows, in.getExecutionContext()));
    }

    /** Parameters of Multiply. */
    static final class MultiplyNodeParameters implements NodeParameters {
        int factor = 2;
    }
}
