package org.realm4knime.headless.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.realm4knime.headless.run.LastRun;
import org.realm4knime.headless.run.NodeResult;
import org.realm4knime.headless.run.NodeState;
import org.realm4knime.headless.run.RunListener;
import org.realm4knime.headless.run.Wording;
import org.realm4knime.headless.workflow.WorkflowNode;

/**
 * Shows a run on the console: a line per node, with its state, time, outputs and messages, and while a node runs for
 * more than some seconds two lines at the end of a terminal, or a line now and then elsewhere. How long the whole run
 * will go on is told where it has been run before.
 */
final class ConsoleProgress implements RunListener {

    private static final String INDENT = "        ";
    private static final int PLAIN_STEPS = 10;
    private static final double ROUNDING = 1e-9;
    private static final Duration PLAIN_PAUSE = Duration.ofSeconds(15);
    private static final Duration DRAWING_PAUSE = Duration.ofMillis(250);

    /** Nodes that take less are not worth a look. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final PrintStream out;
    private final Optional<StatusLines> lines;
    private final LastRun last;
    private final LongSupplier clock;
    private final long begin;
    private WorkflowNode running;
    private int number;
    private String place = "";
    private double fraction;
    private long startedAt;
    private long shownAt;
    private int shownStep;
    private String status = "";
    private boolean stopping;
    private String shownMessage = "";

    /**
     * @param out where to print
     * @param lines where progress is drawn, if a person looks at it as it comes
     * @param last how long the nodes took before
     * @param clock nanoseconds since some fixed time
     */
    ConsoleProgress(PrintStream out, Optional<StatusLines> lines, LastRun last, LongSupplier clock) {
        this.out = out;
        this.lines = lines;
        this.last = last;
        this.clock = clock;
        begin = clock.getAsLong();
    }

    @Override
    public synchronized void started(WorkflowNode node, int number, int nodes) {
        running = node;
        this.number = number;
        fraction = -1;
        place = place(number, nodes);
        startedAt = clock.getAsLong();
        shownAt = startedAt;
        shownStep = 0;
        status = "";
    }

    /** From now on everything that a node says is shown at once: somebody waits for it to stop. */
    synchronized void stopping() {
        stopping = true;
        lines.ifPresent(StatusLines::leave); // below them stands what the terminal shows of the keys pressed
    }

    /** Shows something that is not part of the run's progress, such as what the engine logs. */
    synchronized void say(String text) {
        lines.ifPresent(StatusLines::clear);
        out.println(INDENT + text);
        if (!status.isEmpty() && !stopping) {
            lines.ifPresent(this::draw);
        }
    }

    @Override
    public synchronized void progressed(double fraction, String message) {
        this.fraction = fraction;
        if (stopping) {
            sayWhileStopping(message);
            return;
        }
        long now = clock.getAsLong();
        if (now - startedAt < QUIET.toNanos()) {
            return;
        }
        if (lines.isPresent()) {
            if (status.isEmpty() || now - shownAt >= DRAWING_PAUSE.toNanos()) {
                shownAt = now;
                status = StatusText.progress(fraction, message, lines.get().width());
                draw(lines.get());
            }
            return;
        }
        int step = (int) Math.floor(fraction * PLAIN_STEPS + ROUNDING);
        if (step > shownStep || now - shownAt >= PLAIN_PAUSE.toNanos()) {
            shownStep = Math.max(step, shownStep);
            shownAt = now;
            String percent = fraction < 0 ? "" : " " + (int) Math.floor(100 * fraction + ROUNDING) + "%";
            out.println(INDENT + running.displayName() + percent + (message.isBlank() ? "" : ": " + message));
        }
    }

    private void sayWhileStopping(String message) {
        if (!message.isBlank() && !message.equals(shownMessage)) {
            shownMessage = message;
            say(running.displayName() + ": " + message);
        }
    }

    private void draw(StatusLines where) {
        long now = clock.getAsLong();
        String soFar = Wording.time(Duration.ofNanos(now - begin)) + " so far";
        String left = last.left(number, fraction, Duration.ofNanos(now - startedAt))
                .map(time -> ", about " + Wording.roughly(time) + " left")
                .orElse("");
        where.show(StatusText.title(place + title(running), soFar + left, where.width()), status);
    }

    @Override
    public synchronized void finished(NodeResult result, int number, int nodes) {
        lines.ifPresent(StatusLines::clear);
        status = "";
        if (result.state() == NodeState.INTERRUPTED && result.time().isZero()) {
            return; // it had not begun
        }
        StringBuilder line = new StringBuilder(place(number, nodes))
                .append(title(result.node()))
                .append(": ")
                .append(result.state().text());
        if (result.state() != NodeState.NOT_RUN) {
            line.append(", ").append(Wording.time(result.time()));
        }
        if (!result.outputs().isEmpty()) {
            line.append("; ").append(Wording.sizes(result.outputs()));
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
