package org.realm4knime.headless.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.nodes.port.PortGroups;

/** Puts tables after each other: one or more, and one that may be missing. */
public final class ConcatenateNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Concatenate")
            .icon("icon.png")
            .shortDescription("Concatenates.")
            .fullDescription("Concatenates.")
            .sinceVersion(5, 8, 0)
            .dynamicPorts(ports -> ports.addInputPortGroup("Tables", group -> group.name("Tables")
                            .description("Tables to join.")
                            .extendable()
                            .supportedTypes(BufferedDataTable.TYPE)
                            .fixedTypes(BufferedDataTable.TYPE))
                    .addInputPortGroup("Last", group -> group.name("Last")
                            .description("What comes last.")
                            .optional()
                            .supportedTypes(BufferedDataTable.TYPE))
                    .addOutputPortGroup(
                            "All",
                            group -> group.name("All").description("All rows.").fixed(BufferedDataTable.TYPE)))
            .model(model -> model.withoutParameters()
                    .configure(ConcatenateNodeFactory::configure)
                    .execute(ConcatenateNodeFactory::execute));

    /** Called by KNIME. */
    public ConcatenateNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) {
        out.setOutSpec(0, in.getInTableSpec(0));
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) {
        PortGroups ports = PortGroups.ofCurrentNode();
        List<List<DataCell>> rows = new ArrayList<>();
        for (int port : IntStream.concat(ports.all("Tables"), ports.all("Last")).toArray()) {
            for (DataRow row : in.getInTable(port)) {
                rows.add(row.stream().toList());
            }
        }
        out.setOutData(0, Tables.of(NumbersNodeFactory.SPEC, rows, in.getExecutionContext()));
    }
}
