package org.realm4knime.nodes.table;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;

/** Which columns of a table of predictions hold what. */
public final class PredictionColumns implements NodeParameters {

    @Widget(
            title = "Problem id column of the predictions",
            description =
                    "The column that says which problem was answered. The Benchmark Evaluator calls it problem id; in"
                            + " the Reasoner's table it is the questions' own id column.")
    String id = "problem id";

    @Widget(
            title = "Answer column of the predictions",
            description =
                    "The column with the answer that the student gave. The Benchmark Evaluator calls it answer, the"
                            + " Reasoner model answer.")
    String answer = "answer";
}
