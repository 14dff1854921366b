package org.realm4knime.headless.cli;

import java.io.PrintStream;
import java.time.Duration;
import org.realm4knime.headless.run.WorkflowRunner;

/**
 * While it is open, SIGINT and SIGTERM cancel the running node, wait a moment for it to stop where it can go on later,
 * and end the process with exit code 130.
 */
final class Interruption implements AutoCloseable {

    /** A node looks for cancellation between two native calls; the whole end is to take less than two seconds. */
    private static final Duration PATIENCE = Duration.ofMillis(1700);

    private final Thread hook;

    /**
     * @param runner what to cancel
     * @param out where to say so
     */
    Interruption(WorkflowRunner runner, PrintStream out) {
        hook = new Thread(() -> end(runner, out), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void end(WorkflowRunner runner, PrintStream out) {
        runner.cancel();
        try {
            runner.awaitEnd(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.println();
        out.println("interrupted; run again with --resume to go on");
        out.flush();
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED); // the Java machine's own code would be 143 after SIGTERM
    }

    /** Signals end the process in the ordinary way again. Does nothing if one has come already. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending; the hook decides with which code
        }
    }
}
