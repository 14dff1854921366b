package org.realm4knime.nodes.samples;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.nodes.job.EngineJob;

/** Sample Reasoning Data: problems, rules, routes or training examples of made-up domains. */
public final class SampleReasoningDataNodeFactory extends DefaultNodeFactory {

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Sample Reasoning Data")
            .icon("samples.png")
            .shortDescription("Makes problems, rules, routes or training examples of a made-up domain.")
            .fullDescription(
                    """
                    <p>Try the nodes, and compare methods, without data of your own. This node makes the cases of a
                    shop's refund desk, easy ones or hard ones, and chains of arithmetic. Each domain has
                    <b>problems</b> with reference answers, <b>rules</b>, harder problems of kinds that the training
                    problems lack, and <b>examples</b> to train tiny models on. The hard domains also have
                    <b>routes</b>: chains of thought of experts with systematic faults.</p>
                    <p>Everything follows from the seed: the same settings make the same rows on every machine. To use
                    your own data, replace this node by a Reasoning Dataset Reader or by any KNIME node that reads
                    tables.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .ports(p -> p.addOutputTable(
                    "Data",
                    "Problems (id, question, answer, rationale, domain), rules (id, text, applies to), routes (problem"
                            + " id, source, route, text, answer, tokens, mean log-probability, error) or examples"
                            + " (prompt, completion, weight)."))
            .model(m -> m.parametersClass(SampleReasoningDataNodeParameters.class)
                    .configure(SampleReasoningDataNodeFactory::configure)
                    .execute(SampleReasoningDataNodeFactory::execute))
            .nodeType(NodeType.Source)
            .keywords(
                    "example data", "demo", "synthetic", "dataset", "refund desk", "arithmetic", "reasoning", "ReaLM");

    /** For KNIME. */
    public SampleReasoningDataNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) {
        SampleReasoningDataNodeParameters parameters = in.getParameters();
        out.setOutSpec(0, parameters.sampleRows().spec());
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        SampleReasoningDataNodeParameters parameters = in.getParameters();
        EngineJob.run(
                in.getExecutionContext(),
                progress -> out.setOutData(0, parameters.sampleRows().table(in.getExecutionContext())));
    }
}
