package org.realm4knime.nodes.table;

import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.realm4knime.nodes.parameters.FirstTable;

/** Which columns of the problems table hold what. */
public final class ProblemColumns implements NodeParameters {

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
            title = "Answer column",
            description =
                    """
                    The column with the reference answer. It has the final result only, such as a number or the \
                    letter of a choice, without the reasoning. It may hold texts, numbers (5.0 is read as 5) or true \
                    and false.""")
    @ChoicesProvider(FirstTable.Columns.class)
    String answer = ProblemTable.ANSWER;

    @Widget(
            title = "Id column",
            description =
                    """
                    The column with a unique name for each problem. It links problems with routes. If it is switched \
                    off, the RowID is used.""",
            advanced = true)
    @ChoicesProvider(FirstTable.Columns.class)
    Optional<String> id = Optional.of(ProblemTable.ID);

    /** Columns with the usual names. */
    public ProblemColumns() {}

    /** Columns guessed from the first table that is connected. */
    public ProblemColumns(NodeParametersInput input) {
        Optional<DataTableSpec> table = FirstTable.spec(input);
        question = FirstTable.guess(table, question, "problem", "query", "prompt", "instruction", "input", "text");
        answer = FirstTable.guess(
                table, answer, "final answer", "reference", "target", "correct answer", "label", "output", "solution");
        id = FirstTable.find(table, ProblemTable.ID);
    }
}
