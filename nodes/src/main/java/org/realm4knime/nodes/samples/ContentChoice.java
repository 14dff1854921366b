package org.realm4knime.nodes.samples;

import org.knime.node.parameters.widget.choices.Label;
import org.realm4knime.nodes.table.ExampleTable;
import org.realm4knime.nodes.table.ProblemTable;
import org.realm4knime.nodes.table.RouteTable;
import org.realm4knime.nodes.table.RuleTable;
import org.realm4knime.nodes.table.TableSchema;

/** What is made of a domain, and so which columns the table has. The names are file format. */
public enum ContentChoice {
    @Label(value = "Problems", description = "Questions with their reference answers.")
    PROBLEMS(ProblemTable.SCHEMA),
    @Label(
            value = "Rules",
            description = "The rules of the domain that are written down. Others are known from practice only.")
    RULES(RuleTable.SCHEMA),
    @Label(
            value = "Routes",
            description =
                    "Chains of thought of three experts with faults of their own: one for each problem and expert. The"
                            + " quickstart's domain has none.")
    ROUTES(RouteTable.SCHEMA),
    @Label(value = "Examples", description = "Training examples: a prompt and the completion to learn.")
    EXAMPLES(ExampleTable.SCHEMA);

    final TableSchema<?> schema;

    ContentChoice(TableSchema<?> schema) {
        this.schema = schema;
    }
}
