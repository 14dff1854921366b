package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.knime.core.node.NodeSettings;
import org.realm4knime.headless.run.NodeResult;
import org.realm4knime.headless.run.NodeState;
import org.realm4knime.headless.workflow.WorkflowNode;

class ConsoleProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();
    private final ConsoleProgress progress =
            new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, clock::get);
    private final WorkflowNode node = node();

    private static WorkflowNode node() {
        NodeSettings settings = new NodeSettings("settings.xml");
        settings.addString("node-name", "Trainer");
        return new WorkflowNode(4, new NodeSettings("node_4"), settings);
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void printsALineForEveryTenthOfTheWay() {
        progress.started(node, 1, 12);
        for (int i = 1; i <= 100; i++) {
            progress.progressed(i / 100.0, "step " + i);
        }

        assertThat(lines())
                .hasSize(10)
                .startsWith("        Trainer (#4) 10%: step 10")
                .endsWith("        Trainer (#4) 100%: step 100");
    }

    @Test
    void printsSomethingNowAndThenWhenANodeIsSlow() {
        progress.started(node, 1, 12);
        progress.progressed(-1, "loading");
        clock.addAndGet(Duration.ofSeconds(16).toNanos());
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
