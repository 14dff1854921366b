package org.realm4knime.headless.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.realm4knime.headless.run.WorkflowRunner;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While it is open, the first signal that asks the process to end (Ctrl-C, SIGTERM, or SIGHUP of a closed terminal)
 * cancels the running node, which then stops where nothing is lost; the run ends and reports as usual. The second one
 * ends the process at once.
 */
final class Interruption implements AutoCloseable {

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final WorkflowRunner runner;
    private final ConsoleProgress progress;
    private final PrintStream out;
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private boolean asked;

    /**
     * @param runner what to cancel
     * @param progress shows how it stops
     * @param out where to say so
     */
    Interruption(WorkflowRunner runner, ConsoleProgress progress, PrintStream out) {
        this.runner = runner;
        this.progress = progress;
        this.out = out;
        for (String name : SIGNALS) {
            try {
                Signal signal = new Signal(name);
                before.put(signal, Signal.handle(signal, this::asked));
            } catch (IllegalArgumentException e) {
                // a platform without this signal, or a Java machine that was told to leave it alone
            }
        }
    }

    private synchronized void asked(Signal signal) {
        out.println();
        if (asked) {
            out.println("stopped at once; run again with --resume to go on from the last checkpoint");
            out.flush();
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
        asked = true;
        progress.stopping();
        out.println("stopping where nothing is lost; press Ctrl-C again to stop at once");
        runner.cancel();
    }

    /** Signals end the process in the ordinary way again. */
    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
