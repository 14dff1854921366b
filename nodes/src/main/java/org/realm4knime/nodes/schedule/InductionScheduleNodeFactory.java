package org.realm4knime.nodes.schedule;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.nodes.job.EngineJob;
import org.realm4knime.nodes.table.ScheduleTable;
import org.realm4knime.nodes.view.ViewData;
import org.realm4knime.nodes.view.ViewPage;

/** The Induction Schedule (EAAI): how outside help fades in the course of a training. */
public final class InductionScheduleNodeFactory extends DefaultNodeFactory {

    private static final int SAMPLES = 101;

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Induction Schedule (EAAI)")
            .icon("schedule.png")
            .shortDescription("Says how outside help fades while a model is trained.")
            .fullDescription(
                    """
                    <p>Enabling Autonomy via Asymptotic Induction (EAAI): in training, prompts show routes of other
                    models at first, then fewer and fewer, until the model reasons on its own. This node makes the
                    schedule for the ReaLM Trainer: the <i>guidance</i>, a share between 0 and 1, for every point of
                    the training.</p>
                    <p>The table can be plotted, edited or made by other nodes: the trainer interpolates between its
                    rows.</p>
                    """)
            .sinceVersion(5, 8, 0)
            .ports(p -> p.addOutputTable(
                    "Schedule",
                    "progress (share of the training that is done) and guidance, both from 0 to 1. An adaptive schedule"
                            + " also has threshold, decrement and window; its guidance is an upper limit."))
            .model(m -> m.parametersClass(InductionScheduleNodeParameters.class)
                    .configure((in, out) -> out.setOutSpec(0, ScheduleTable.SCHEMA.spec()))
                    .execute(InductionScheduleNodeFactory::execute))
            .addView(v -> v.withoutParameters()
                    .description("The curve of the schedule.")
                    .page(ViewPage.SCHEDULE::page)
                    .initialData(d -> d.data(input -> ViewData.of(input, "schedule"))))
            .nodeType(NodeType.Source)
            .keywords("EAAI", "curriculum", "annealing", "guidance", "autonomy", "ReaLM");

    /** For KNIME. */
    public InductionScheduleNodeFactory() {
        super(NODE);
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException, KNIMEException {
        InductionScheduleNodeParameters parameters = in.getParameters();
        EngineJob.run(in.getExecutionContext(), progress -> {
            BufferedDataTable table =
                    ScheduleTable.SCHEMA.write(parameters.schedule().points(SAMPLES), in.getExecutionContext());
            out.setOutData(0, table);
            out.setInternalData(table);
        });
    }
}
