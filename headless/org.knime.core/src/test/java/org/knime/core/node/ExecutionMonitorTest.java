package org.knime.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionMonitorTest {

    @Test
    void partsMoveTheWholeByTheirShare() {
        final ExecutionMonitor exec = new ExecutionMonitor();
        final ExecutionMonitor first = exec.createSubProgress(0.5);
        first.setProgress(0.5, "half of the first");
        assertThat(exec.getProgressMonitor().getProgress()).isEqualTo(0.25);
        assertThat(exec.getProgressMonitor().getMessage()).isEqualTo("half of the first");
        first.setProgress(1);

        final ExecutionMonitor second = exec.createSilentSubProgress(0.5);
        second.setProgress(2, "not shown"); // more than all is all
        assertThat(exec.getProgressMonitor().getProgress()).isCloseTo(1, within(1e-12));
        assertThat(exec.getProgressMonitor().getMessage()).isEqualTo("half of the first");
    }

    @Test
    void listenersHearProgressAndMessage() {
        final List<String> heard = new ArrayList<>();
        final ExecutionMonitor exec = new ExecutionMonitor(new DefaultNodeProgressMonitor(
                event -> heard.add(event.getNodeProgress().toString())));

        exec.setMessage("start");
        exec.setProgress(0.5);
        exec.setProgress(Double.NaN, "ignored number");

        assertThat(heard).containsExactly("null: start", "0.5: start", "0.5: ignored number");
    }

    @Test
    void cancelingReachesTheParts() throws Exception {
        final ExecutionMonitor exec = new ExecutionMonitor();
        final ExecutionMonitor part = exec.createSubProgress(0.5);
        part.checkCanceled();

        exec.getProgressMonitor().setExecuteCanceled();

        assertThatThrownBy(part::checkCanceled).isInstanceOf(CanceledExecutionException.class);
        exec.getProgressMonitor().reset();
        part.checkCanceled();
    }

    @Test
    void anInterruptedThreadIsCanceled() {
        final ExecutionMonitor exec = new ExecutionMonitor();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(exec::checkCanceled).isInstanceOf(CanceledExecutionException.class);
        } finally {
            Thread.interrupted();
        }
    }
}
