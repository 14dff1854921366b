package org.realm4knime.headless.toy;

import java.util.List;
import java.util.Map;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Gives a score table and shows it in a view. */
public final class ScorerNodeFactory extends DefaultNodeFactory {

    private static final DataTableSpec SPEC = Tables.spec(
            List.of("model", "split", "routes", "problems", "correct", "accuracy", "low", "high"),
            StringCell.TYPE,
            StringCell.TYPE,
            StringCell.TYPE,
            IntCell.TYPE,
            IntCell.TYPE,
            DoubleCell.TYPE,
            DoubleCell.TYPE,
            DoubleCell.TYPE);

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Scorer")
            .icon("icon.png")
            .shortDescription("Scores.")
            .fullDescription("Scores.")
            .sinceVersion(5, 8, 0)
            .ports(ports -> ports.addInputPort("Numbers", "Numbers.", BufferedDataTable.TYPE)
                    .addOutputTable("Scores", "Scores."))
            .model(model -> model.withoutParameters()
                    .configure(ScorerNodeFactory::configure)
                    .execute(ScorerNodeFactory::execute))
            .addView(view -> view.withoutParameters()
                    .description("The scores.")
                    .page(page -> page.fromFile()
                            .bundleClass(ScorerNodeFactory.class)
                            .basePath("toy-view")
                            .relativeFilePath("view.html")
                            .addResourceFile("view.js"))
                    .initialData(data -> data.data(
                            input -> Map.of("rows", input.getInternalTables()[0].size(), "text", "a </script> b"))));

    /** Called by KNIME. */
    public ScorerNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) {
        out.setOutSpec(0, SPEC);
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) {
        BufferedDataTable scores = Tables.of(
                SPEC,
                List.of(
                        score("base", "without", 51, 0.51, 0.4135, 0.6058),
                        score("trained", "without", 80, 0.8, 0.7112, 0.8666),
                        score("trained", "with", 84, 0.84, 0.7558, 0.8990)),
                in.getExecutionContext());
        out.setInternalData(scores);
        out.setOutData(0, scores);
    }

    private static List<DataCell> score(
            String model, String routes, int correct, double accuracy, double low, double high) {
        return List.of(
                new StringCell(model),
                new StringCell("test"),
                new StringCell(routes),
                new IntCell(100),
                new IntCell(correct),
                new DoubleCell(accuracy),
                new DoubleCell(low),
                new DoubleCell(high));
    }
}
