package org.realm4knime.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

class ProgressTest {

    @Test
    void theListenerHearsProgressAndMessage() {
        List<String> heard = new ArrayList<>();
        ExecutionMonitor exec = new ExecutionMonitor(new Progress((done, text) -> heard.add(done + ": " + text)));

        exec.setProgress("start");
        exec.setProgress(0.5, "half");
        exec.setProgress(Double.NaN, "a number that is ignored");
        exec.setProgress(2, null);

        assertThat(heard).containsExactly("-1.0: start", "0.5: half", "0.5: a number that is ignored", "0.5: ");
    }

    @Test
    void whoIsCancelledOrInterruptedIsTold() throws CanceledExecutionException {
        Progress progress = new Progress();
        ExecutionMonitor exec = new ExecutionMonitor(progress);
        exec.checkCanceled();
        progress.cancel();
        assertThatThrownBy(exec::checkCanceled).isInstanceOf(CanceledExecutionException.class);

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(new ExecutionMonitor(new Progress())::checkCanceled)
                    .isInstanceOf(CanceledExecutionException.class);
        } finally {
            Thread.interrupted();
        }
    }
}
