package org.realm4knime.headless.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.realm4knime.engine.IoReason;
import org.realm4knime.headless.node.CompleteSettings;
import org.realm4knime.headless.node.LiveWorkflow;
import org.realm4knime.headless.node.NodeRegistry;
import org.realm4knime.headless.report.ResultFolder;
import org.realm4knime.headless.report.ResultFolder.Earlier;
import org.realm4knime.headless.report.ScoreTable;
import org.realm4knime.headless.run.LastRun;
import org.realm4knime.headless.run.NodeResult;
import org.realm4knime.headless.run.NodeState;
import org.realm4knime.headless.run.ResultStore;
import org.realm4knime.headless.run.RunResult;
import org.realm4knime.headless.run.Wording;
import org.realm4knime.headless.run.WorkflowRunner;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowArchive;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowNode;
import org.realm4knime.nodes.job.AllowedFolders;
import org.realm4knime.nodes.job.CheckpointFolder;
import org.realm4knime.nodes.job.WorkflowPath;
import org.realm4knime.nodes.table.Unanswered;
import org.realm4knime.standin.Keyring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a workflow. */
@Command(name = "run", description = "Run a workflow; write its tables, its models and a report.", sortOptions = false)
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "WORKFLOW", description = "A workflow folder or a .knwf file, as KNIME saves it.")
    private Path workflow;

    @Option(
            names = "--set",
            paramLabel = "NODE/KEY=VALUE",
            description = {
                "Change a setting before the run; may be repeated. NODE is a node's name (all nodes of that name), the"
                        + " text under it, or name and number: \"Reasoner (#4)\". Nested keys and the elements of"
                        + " groups are joined with /, the elements of a list with commas. \"realm nodes\" lists the"
                        + " keys."
            })
    private List<String> overrides = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where results go (default: NAME-results in the current folder).")
    private Path out;

    @Option(
            names = "--write-to",
            paramLabel = "DIR",
            description = "Let the workflow write to this folder too; may be repeated. Else it writes to the folder of"
                    + " the results and to its own alone.")
    private List<Path> writable = List.of();

    @Option(
            names = "--resume",
            description =
                    "Go on with what an earlier run in the same DIR left: skip nodes whose settings and inputs are"
                            + " unchanged, continue training from its checkpoint.")
    private boolean resume;

    @Option(
            names = "--restart",
            description = "Begin again, and delete what an interrupted training in the same DIR left.")
    private boolean restart;

    @Option(
            names = "--keep-going",
            description =
                    "Run what can run although a node cannot run as it is configured; else nothing is computed then.")
    private boolean keepGoing;

    @Option(
            names = "--dry-run",
            description = "Check settings and connections, show what would run in which order, and compute nothing.")
    private boolean dryRun;

    @Option(
            names = "--reuse",
            paramLabel = "DIR",
            description = "Results of another run, perhaps of another workflow: skip nodes that ran there with the same"
                    + " settings and inputs; may be repeated.")
    private List<Path> reused = List.of();

    @Option(
            names = "--credentials",
            paramLabel = "NAME=SOURCE",
            description =
                    "Give credentials of that name, such as the key of a model's server; may be repeated. SOURCE is"
                            + " env:VARIABLE or file:PATH. Without =SOURCE the password is asked for.")
    private List<String> credentials = List.of();

    @Mixin
    private ComputeOptions compute = new ComputeOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() throws WorkflowException, IOException {
        compute.check();
        cluster.check();
        if (resume && restart) {
            throw new WorkflowException("--resume and --restart exclude each other; leave one out.");
        }
        Keyring keyring = new CredentialsOption(System::getenv).keyring(credentials);
        try (WorkflowArchive archive = WorkflowArchive.open(workflow)) {
            NodeRegistry registry = NodeRegistry.fromClassPath();
            Workflow loaded = CompleteSettings.read(archive.folder(), registry, overrides);
            ResultFolder folder = ResultFolder.at(out != null ? out : Path.of(loaded.name() + "-results"));
            List<Path> states = states(reused, folder);
            tellNodes(folder);
            ComputeOptions.requireDevice();
            LiveWorkflow live = LiveWorkflow.create(loaded, registry, keyring);
            try (Screen screen = Screen.open()) {
                return run(live, folder, states, screen);
            }
        }
    }

    private static List<Path> states(List<Path> folders, ResultFolder own) throws WorkflowException {
        List<Path> states = new ArrayList<>();
        for (Path folder : folders) {
            Path state = ResultFolder.at(folder).state();
            if (state.equals(own.state())) {
                throw new WorkflowException(
                        "--reuse %s is the folder of this run's own results; use --resume instead.".formatted(folder));
            }
            if (!Files.isDirectory(state)) {
                throw new WorkflowException("--reuse " + folder + ": there are no results of a run in that folder.");
            }
            states.add(state);
        }
        return states;
    }

    /** What nodes cannot know from their settings reaches them as system properties, which KNIME does not set. */
    private void tellNodes(ResultFolder folder) {
        System.setProperty("realm4knime.output", folder.path().toString());
        System.setProperty(WorkflowPath.RESUMED_PROPERTY, String.valueOf(resume));
        System.setProperty("realm4knime.checkpoints", folder.checkpoints().toString());
        System.setProperty("realm4knime.answers", folder.answers().toString());
        System.setProperty(CheckpointFolder.KEEP_PROPERTY, "true");
        System.setProperty(
                AllowedFolders.PROPERTY,
                writable.stream()
                        .map(named -> named.toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)));
        compute.apply();
    }

    @SuppressWarnings("try") // the body need not name what listens to signals meanwhile
    private int run(LiveWorkflow live, ResultFolder folder, List<Path> states, Screen screen)
            throws IOException, WorkflowException {
        PrintStream out = System.out;
        LastRun last = LastRun.in(folder.state(), live.nodes());
        ConsoleProgress progress = new ConsoleProgress(out, screen.lines(out), last, System::nanoTime);
        ResultStore store = new ResultStore(folder.state(), folder.checkpoints(), states);
        WorkflowRunner runner = new WorkflowRunner(live, store, progress, Unanswered::in);
        List<NodeResult> wrong = runner.configure();
        wrong.forEach(RunCommand::printWrong);
        if (!wrong.isEmpty() && !keepGoing) {
            System.err.println("realm: nothing was computed. Mend this, or add --keep-going to run what can run.");
            return ExitCode.BAD_USAGE;
        }
        if (dryRun) {
            printOrder(live, folder, last);
            return ExitCode.DONE;
        }
        if (resume && !folder.isUsed()) {
            System.out.println("there is nothing to resume in " + folder.path() + ", so the run begins");
        }
        RunResult result;
        List<ScoreTable> scores;
        // earlier results are kept where there is no cluster to run on
        try (ClusterOptions.Session spread = cluster.open(live.workflow().name())) {
            folder.prepare(resume ? Earlier.RESUME : restart ? Earlier.DELETE : Earlier.REPLACE);
            LogFile.open(folder.log(), resume, progress::say);
            System.out.printf(
                    "%s: %d nodes, results in %s%s%n",
                    live.workflow().name(), live.nodes().size(), folder.path(), took(last));
            try (Interruption interruption = new Interruption(runner, progress, out)) {
                result = runner.run();
                scores = write(result, folder);
            }
        }
        printResults(result, scores, folder);
        if (result.isInterrupted()) {
            System.out.println("interrupted; run again with --resume to go on");
            return ExitCode.INTERRUPTED;
        }
        return result.isComplete() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String took(LastRun last) {
        return last.whole()
                .map(time -> "; the last run took " + Wording.time(time))
                .orElse("");
    }

    private static List<ScoreTable> write(RunResult result, ResultFolder folder) throws IOException {
        try {
            return folder.write(result);
        } catch (IOException e) {
            throw new IOException(
                    "%s. What the nodes gave is kept in %s: mend this and run again with --resume, to write tables and"
                                    .formatted(IoReason.of(e), folder.state())
                            + " report",
                    e);
        }
    }

    private static void printWrong(NodeResult node) {
        System.err.println("realm: %s cannot run as it is configured: %s"
                .formatted(node.node().displayName(), String.join(" ", node.messages())));
    }

    private static void printOrder(LiveWorkflow live, ResultFolder folder, LastRun last) {
        System.out.printf(
                "%s: %d nodes, results would go to %s%s%n",
                live.workflow().name(), live.nodes().size(), folder.path(), took(last));
        for (int i = 0; i < live.nodes().size(); i++) {
            WorkflowNode node = live.nodes().get(i).saved();
            System.out.println(ConsoleProgress.place(i + 1, live.nodes().size()) + ConsoleProgress.title(node));
        }
        System.out.println("Settings and connections are right as far as can be told before data is read."
                + " Nothing was computed.");
    }

    private static void printResults(RunResult result, List<ScoreTable> scores, ResultFolder folder) {
        System.out.println();
        for (ScoreTable table : scores) {
            System.out.println(table.title());
            System.out.println(table.toText());
            System.out.println();
        }
        System.out.println("report  " + folder.report());
        System.out.println("tables  " + folder.tables());
        result.nodes().stream()
                .filter(node -> !node.wrote().isBlank())
                .forEach(node -> System.out.println(node.node().displayName() + ": " + node.wrote()));
        result.nodes().stream()
                .filter(node -> node.state() == NodeState.FAILED)
                .forEach(node -> System.err.println(
                        "realm: " + node.node().displayName() + " failed: " + String.join(" ", node.messages())));
    }
}
