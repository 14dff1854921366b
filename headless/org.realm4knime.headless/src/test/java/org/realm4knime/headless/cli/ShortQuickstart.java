package org.realm4knime.headless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The workflow that users see first, on few cases and with few steps. It runs once for all tests that look at it. */
public final class ShortQuickstart {

    private static final Path WORKFLOW = Path.of("../../examples/quickstart");
    private static final Path OUT = Path.of("target/short-quickstart");
    private static final List<String> SHORT = List.of(
            "Reasoning Dataset Reader/limit=24",
            "Supervised Trainer/steps=2",
            "Guided Distiller/steps=2",
            "ReaLM Trainer/steps=2");

    private static ShortQuickstart done;

    private final CommandLineRun run = run("--restart");

    private ShortQuickstart() {}

    /** The run, which has ended well. */
    public static synchronized ShortQuickstart get() {
        if (done == null) {
            done = new ShortQuickstart();
        }
        assertThat(done.run.code()).as(done.run.out() + done.run.err()).isEqualTo(ExitCode.DONE);
        return done;
    }

    /** Where its results lie. */
    public Path folder() {
        return OUT;
    }

    CommandLineRun firstRun() {
        return run;
    }

    CommandLineRun again(String... more) {
        return run(more);
    }

    private static CommandLineRun run(String... more) {
        List<Object> arguments = new ArrayList<>(List.of("run", WORKFLOW, "--out", OUT, "--threads", "1"));
        SHORT.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray());
    }
}
