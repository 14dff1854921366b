package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.swing.JComponent;
import org.junit.jupiter.api.Test;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.realm4knime.headless.run.LastRun;
import org.realm4knime.headless.run.NodeOutput;
import org.realm4knime.headless.run.NodeResult;
import org.realm4knime.headless.run.NodeState;
import org.realm4knime.headless.workflow.WorkflowNode;

class ConsoleProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final ConsoleProgress progress = new ConsoleProgress(out, Optional.empty(), lastRun(null), clock::get);
    private final WorkflowNode node = node();

    /** @param each how long each of twelve nodes took; null if that is not known */
    private static LastRun lastRun(Duration each) {
        return new LastRun(Collections.nCopies(12, Optional.ofNullable(each)));
    }

    private ConsoleProgress drawn(LastRun last) {
        return new ConsoleProgress(out, Optional.of(new StatusLines(out, () -> 80)), last, clock::get);
    }

    private static WorkflowNode node() {
        NodeSettings settings = new NodeSettings("settings.xml");
        settings.addString("node-name", "Trainer");
        return new WorkflowNode(4, new NodeSettings("node_4"), settings);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void printsALineForEveryTenthOfTheWay() {
        progress.started(node, 1, 12);
        pass(Duration.ofSeconds(3));
        for (int i = 1; i <= 100; i++) {
            progress.progressed(i / 100.0, "step " + i);
        }

        assertThat(lines())
                .hasSize(10)
                .startsWith("        Trainer (#4) 10%: step 10")
                .endsWith("        Trainer (#4) 100%: step 100");
    }

    @Test
    void saysNothingOfANodeThatTakesLittleTime() {
        progress.started(node, 1, 12);
        progress.progressed(0.5, "half");
        pass(Duration.ofMillis(2999));
        progress.progressed(1, "keeping the results");

        assertThat(lines()).isEmpty();
    }

    @Test
    void keepsTwoLinesInATerminal() {
        ConsoleProgress drawn = drawn(lastRun(null));
        drawn.started(node, 1, 12);
        pass(Duration.ofSeconds(65));
        drawn.progressed(0.25, "Step 1 of 4, reward 0.50, 3 s left");
        pass(Duration.ofMillis(100));
        drawn.progressed(0.5, "too soon to be drawn");
        pass(Duration.ofMillis(200));
        drawn.progressed(0.5, "Step 2 of 4, reward 0.60, 2 s left");
        drawn.say("a note");
        drawn.finished(NodeResult.without(node, NodeState.FAILED, Duration.ofSeconds(66), List.of()), 1, 12);

        String title = "[ 1/12] Trainer (#4)  (1 min 05 s so far)\033[K\n";
        String second = "  [========        ]  50%  Step 2 of 4, reward 0.60, 2 s left\033[K";
        String cleared = "\r\033[K\r\033[1A\033[K";
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines(title
                        + "  [====            ]  25%  Step 1 of 4, reward 0.50, 3 s left\033[K"
                        + "\r\033[1A" + title + second
                        + cleared + "        a note\n" + title + second
                        + cleared + "[ 1/12] Trainer (#4): failed, 1 min 06 s\n");
    }

    @Test
    void tellsHowLongTheWholeRunWillGoOnWhereItHasBeenRunBefore() {
        ConsoleProgress drawn = drawn(lastRun(Duration.ofMinutes(5)));
        drawn.started(node, 2, 12);
        pass(Duration.ofMinutes(2));
        drawn.progressed(0.25, "Step 1 of 4");

        assertThat(lines()).first().asString().contains("Trainer (#4)  (2 min 00 s so far, about 56 min left)");
    }

    @Test
    void tellsTheNumbersOfSeveralOutputsApart() {
        progress.finished(done(output(1, "Trained model", "llama, 2.1 MB"), output(2, "Log", "8 rows")), 2, 12);
        progress.finished(done(output(1, "Log", "8 rows")), 3, 12);

        assertThat(lines())
                .containsExactly(
                        "[ 2/12] Trainer (#4): done, 1.0 s; Trained model: llama, 2.1 MB; Log: 8 rows",
                        "[ 3/12] Trainer (#4): done, 1.0 s; 8 rows");
    }

    private NodeResult done(NodeOutput... outputs) {
        return new NodeResult(
                node, NodeState.DONE, Duration.ofSeconds(1), List.of(), List.of(outputs), Optional.empty(), "");
    }

    private static NodeOutput output(int port, String name, String holds) {
        PortObject object = new PortObject() {
            @Override
            public String getSummary() {
                return holds;
            }

            @Override
            public PortObjectSpec getSpec() {
                return null;
            }

            @Override
            public JComponent[] getViews() {
                return null;
            }
        };
        return new NodeOutput(port, name, object);
    }

    @Test
    void printsSomethingNowAndThenWhenANodeIsSlow() {
        progress.started(node, 1, 12);
        progress.progressed(-1, "loading");
        pass(Duration.ofSeconds(16));
        progress.progressed(-1, "still loading");
        progress.progressed(-1, "and loading");

        assertThat(lines()).containsExactly("        Trainer (#4): still loading");
    }

    @Test
    void tellsStateTimeAndMessages() {
        progress.finished(
                NodeResult.without(node, NodeState.FAILED, Duration.ofMillis(1250), List.of("No file x.\nGive one.")),
                3,
                12);
        progress.finished(
                NodeResult.without(node, NodeState.NOT_RUN, Duration.ZERO, List.of("A (#1) failed.")), 12, 12);

        assertThat(lines())
                .containsExactly(
                        "[ 3/12] Trainer (#4): failed, 1.3 s",
                        "        error: No file x.",
                        "        Give one.",
                        "[12/12] Trainer (#4): not run",
                        "        A (#1) failed.");
    }
}
