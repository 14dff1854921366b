package org.realm4knime.nodes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.DefaultNodeProgressMonitor;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.realm4knime.engine.EngineException;

class EngineJobTest {

    private final DefaultNodeProgressMonitor monitor = new DefaultNodeProgressMonitor();
    private final ExecutionMonitor exec = new ExecutionMonitor(monitor);

    @Test
    void theUserReadsTheEnginesMessage() {
        assertThatThrownBy(() -> EngineJob.run(exec, progress -> {
                    throw new EngineException("Row 3 is empty. Fill it in.");
                }))
                .isInstanceOf(KNIMEException.class)
                .hasMessage("Row 3 is empty. Fill it in.");
    }

    @Test
    void aMissingColumnIsReportedAsItIs() {
        assertThatThrownBy(() -> EngineJob.run(exec, progress -> {
                    throw new InvalidSettingsException("There is no column 'a'.");
                }))
                .isInstanceOf(KNIMEException.class)
                .hasMessage("There is no column 'a'.");
    }

    @Test
    void progressIsShownAtTheNode() throws Exception {
        EngineJob.run(exec, progress -> progress.report(0.25, "step 1 of 4"));
        assertThat(monitor.getProgress()).isEqualTo(0.25);
        assertThat(monitor.getMessage()).contains("step 1 of 4");
    }

    @Test
    void cancellingReachesTheEngineAndComesBackAsKnimesOwn() {
        monitor.setExecuteCanceled();
        assertThatThrownBy(() -> EngineJob.run(exec, progress -> progress.checkCanceled()))
                .isInstanceOf(CanceledExecutionException.class);
    }
}
