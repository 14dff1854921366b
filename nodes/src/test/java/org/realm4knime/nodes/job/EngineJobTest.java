package org.realm4knime.nodes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.standin.Progress;

class EngineJobTest {

    private final Progress shown = new Progress();
    private final ExecutionMonitor exec = new ExecutionMonitor(shown);

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
        assertThat(shown.fraction()).isEqualTo(0.25);
        assertThat(shown.message()).contains("step 1 of 4");
    }

    @Test
    void cancellingReachesTheEngineAndComesBackAsKnimesOwn() {
        shown.cancel();
        assertThatThrownBy(() -> EngineJob.run(exec, progress -> progress.checkCanceled()))
                .isInstanceOf(CanceledExecutionException.class);
    }
}
