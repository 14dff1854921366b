package org.realm4knime.headless.toy;

import java.util.List;
import java.util.stream.IntStream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** A reader: gives the numbers from 1. Negative counts fail when configured, counts above 1000 when executed. */
public final class NumbersNodeFactory extends DefaultNodeFactory {

    static final DataTableSpec SPEC = Tables.spec(List.of("text", "number"), StringCell.TYPE, IntCell.TYPE);

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Numbers")
            .icon("icon.png")
            .shortDescription("Gives the numbers from 1.")
            .fullDescription("<p>Gives the numbers from 1, with a <b>name</b> each.</p>")
            .sinceVersion(5, 8, 0)
            .ports(ports -> ports.addOutputTable("Numbers", "A row a number."))
            .model(model -> model.parametersClass(NumbersNodeParameters.class)
                    .configure(NumbersNodeFactory::configure)
                    .execute(NumbersNodeFactory::execute));

    /** Called by KNIME. */
    public NumbersNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        NumbersNodeParameters parameters = in.getParameters();
        if (parameters.count < 0) {
            throw new InvalidSettingsException("Count must not be negative, but is " + parameters.count + ".");
        }
        out.setOutSpec(0, SPEC);
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) {
        NumbersNodeParameters parameters = in.getParameters();
        if (parameters.count > 1000) {
            throw new IllegalArgumentException("There are no more than 1000 numbers here.");
        }
        out.setOutData(
                0,
                Tables.of(
                        SPEC,
                        IntStream.rangeClosed(1, parameters.count)
                                .mapToObj(i -> List.of(
                                        new StringCell(parameters.spelling.name() + parameters.prefix + i),
                                        new IntCell(i)))
                                .toList(),
                        in.getExecutionContext()));
    }
}
