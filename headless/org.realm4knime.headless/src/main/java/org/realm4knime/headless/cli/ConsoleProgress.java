package org.realm4knime.headless.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.realm4knime.headless.run.NodeResult;
import org.realm4knime.headless.run.NodeState;
import org.realm4knime.headless.run.RunListener;
import org.realm4knime.headless.run.Wording;
import org.realm4knime.headless.workflow.WorkflowNode;

/**
 * Shows a run on the console: a line per node, with its state, time, outputs and messages, and while the node runs a
 * progress bar in a terminal or a line now and then elsewhere.
 */
final class ConsoleProgress implements RunListener {

    private static final String INDENT = "        ";
    private static final int BAR_PARTS = 1000;
    private static final int PLAIN_STEPS = 10;
    private static final double ROUNDING = 1e-9;
    private static final Duration PLAIN_PAUSE = Duration.ofSeconds(15);

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier clock;
    private WorkflowNode running;
    private ProgressBar bar;
    private int shownStep;
    private long shownAt;
    private volatile boolean stopping;
    private String shownMessage = "";

    /**
     * @param out where to print
     * @param terminal whether a person looks at it as it comes
     * @param clock nanoseconds since some fixed time
     */
    ConsoleProgress(PrintStream out, boolean terminal, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void started(WorkflowNode node, int number, int of) {
        running = node;
        shownStep = 0;
        shownAt = clock.getAsLong();
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName(place(number, of) + title(node))
                    .setInitialMax(BAR_PARTS)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(250)
                    .hideEta()
                    .clearDisplayOnFinish()
                    .build();
        }
    }

    /** From now on everything that a node says is shown at once: somebody waits for it to stop. */
    void stopping() {
        stopping = true;
    }

    /** Shows something that is not part of the run's progress, such as what the engine logs. */
    synchronized void say(String text) {
        // a bar is drawn anew soon after
        out.println((bar == null ? "" : "\r\033[K") + INDENT + text);
    }

    private void progressedWhileStopping(String message) {
        closeBar();
        if (!message.isBlank() && !message.equals(shownMessage)) {
            shownMessage = message;
            say(running.displayName() + ": " + message);
        }
    }

    private void closeBar() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void progressed(double fraction, String message) {
        if (stopping) {
            progressedWhileStopping(message);
            return;
        }
        if (bar != null) {
            if (fraction >= 0) {
                bar.stepTo(Math.round(fraction * BAR_PARTS));
            }
            bar.setExtraMessage(" " + message);
            return;
        }
        long now = clock.getAsLong();
        int step = (int) Math.floor(fraction * PLAIN_STEPS + ROUNDING);
        if (step > shownStep || now - shownAt >= PLAIN_PAUSE.toNanos()) {
            shownStep = Math.max(step, shownStep);
            shownAt = now;
            String percent = fraction < 0 ? "" : " " + (int) Math.floor(100 * fraction + ROUNDING) + "%";
            out.println(INDENT + running.displayName() + percent + (message.isBlank() ? "" : ": " + message));
        }
    }

    @Override
    public void finished(NodeResult result, int number, int of) {
        closeBar();
        if (result.state() == NodeState.INTERRUPTED && result.time().isZero()) {
            return; // it had not begun
        }
        StringBuilder line = new StringBuilder(place(number, of))
                .append(title(result.node()))
                .append(": ")
                .append(result.state().text());
        if (result.state() != NodeState.NOT_RUN) {
            line.append(", ").append(Wording.time(result.time()));
        }
        if (!result.outputs().isEmpty()) {
            line.append("; ")
                    .append(result.outputs().stream().map(Wording::size).collect(Collectors.joining(", ")));
        }
        out.println(line);
        String kind =
                result.state() == NodeState.FAILED ? "error: " : result.state().hasResults() ? "warning: " : "";
        printMessages(kind, result);
    }

    private void printMessages(String kind, NodeResult result) {
        result.messages().forEach(m -> out.println((INDENT + kind + m).replace("\n", "\n" + INDENT)));
    }

    /** A node's place in the run: {@code [3/12] }. */
    static String place(int number, int of) {
        int width = Integer.toString(of).length();
        return ("[%" + width + "d/%d] ").formatted(number, of);
    }

    /** A node's name with the text under it. */
    static String title(WorkflowNode node) {
        return node.displayName() + node.label().map(l -> " " + l).orElse("");
    }
}
