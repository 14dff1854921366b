package org.realm4knime.nodes.table;

import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.realm4knime.nodes.parameters.FirstTable;

/** Which columns of a table with questions hold what. */
public final class QuestionColumns implements NodeParameters {

    @Widget(
            title = "Question column",
            description =
                    """
                    The column with the whole question or task, as the model is asked it. Other columns are not \
                    shown to the model. If a passage or choices are in columns of their own, join them to the \
                    question first, for example with String Manipulation.""")
    @ChoicesProvider(FirstTable.Columns.class)
    String question = ProblemTable.QUESTION;

    @Widget(
            title = "Id column",
            description =
                    """
                    The column that links a question with its external routes, if there are any. If it is switched \
                    off, the RowID is used.""",
            advanced = true)
    @ChoicesProvider(FirstTable.Columns.class)
    Optional<String> id = Optional.of(ProblemTable.ID);

    /** Columns with the usual names. */
    public QuestionColumns() {}

    /** Columns guessed from the first table that is connected. */
    public QuestionColumns(NodeParametersInput input) {
        Optional<DataTableSpec> table = FirstTable.spec(input);
        question = FirstTable.guess(table, question, "problem", "query", "prompt", "instruction", "input", "text");
        id = FirstTable.find(table, ProblemTable.ID);
    }
}
