package org.realm4knime.nodes.table;

import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.realm4knime.nodes.parameters.FirstTable;

/** Which columns of a table of training examples hold what. */
public final class ExampleColumns implements NodeParameters {

    @Widget(
            title = "Prompt column",
            description =
                    "The column with what the model is given, whole. What stands in other columns is not shown: join an"
                            + " instruction and its input first (String Manipulation).")
    @ChoicesProvider(FirstTable.Columns.class)
    String prompt = ExampleTable.PROMPT;

    @Widget(title = "Completion column", description = "The column with what the model shall learn to write.")
    @ChoicesProvider(FirstTable.Columns.class)
    String completion = ExampleTable.COMPLETION;

    @Widget(
            title = "Weight column",
            description =
                    "The column with how much an example counts; 1 is ordinary. Switched off, all count the same.")
    @ChoicesProvider(FirstTable.Columns.class)
    Optional<String> weight = Optional.of(ExampleTable.WEIGHT);

    /** Columns with the usual names. */
    public ExampleColumns() {}

    /** Columns guessed from the first table that is connected. */
    public ExampleColumns(NodeParametersInput input) {
        Optional<DataTableSpec> table = FirstTable.spec(input);
        prompt = FirstTable.guess(table, prompt, "question", "problem", "instruction", "input");
        completion =
                FirstTable.guess(table, completion, "rationale", "response", "solution", "output", "answer", "text");
        weight = table.isEmpty() || table.get().containsName(ExampleTable.WEIGHT) ? weight : Optional.empty();
    }
}
