package org.realm4knime.headless.toy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.workflow.NodeContext;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;

/**
 * Stands for training: makes steps and writes each to its checkpoint. On its first run it makes no step after the
 * tenth but waits to be cancelled, and then keeps a log of what there is; with a checkpoint it goes on to its end. A
 * stubborn one does not stop however it is asked.
 */
public final class LongTrainerNodeFactory extends DefaultNodeFactory {

    private static final int WAITS_AFTER = 10;
    /** What it logs is shown on the console at once. */
    private static final Logger ENGINE = Logger.getLogger("org.realm4knime.engine");

    private static final long PAUSE_NANOS = 1_000_000;

    private static final DefaultNode NODE = DefaultNode.create()
            .name("Long Trainer")
            .icon("icon.png")
            .shortDescription("Trains.")
            .fullDescription("Trains.")
            .sinceVersion(5, 8, 0)
            .ports(ports -> ports.addInputPort("Numbers", "Numbers.", BufferedDataTable.TYPE)
                    .addOutputTable("Log", "Log."))
            .model(model -> model.parametersClass(LongTrainerNodeParameters.class)
                    .configure(LongTrainerNodeFactory::configure)
                    .execute(LongTrainerNodeFactory::execute))
            .addView(view -> view.withoutParameters()
                    .description("The log.")
                    .page(page -> page.fromFile()
                            .bundleClass(LongTrainerNodeFactory.class)
                            .basePath("toy-view")
                            .relativeFilePath("view.html")
                            .addResourceFile("view.js"))
                    .initialData(data ->
                            data.data(input -> Map.of("rows", input.getInternalTables()[0].size(), "text", "log"))));

    /** Called by KNIME. */
    public LongTrainerNodeFactory() {
        super(NODE);
    }

    private static void configure(ConfigureInput in, ConfigureOutput out) throws InvalidSettingsException {
        LongTrainerNodeParameters parameters = in.getParameters();
        if (parameters.steps < 1) {
            throw new InvalidSettingsException("Steps must be at least 1.");
        }
        out.setOutSpec(0, NumbersNodeFactory.SPEC);
    }

    private static void execute(ExecuteInput in, ExecuteOutput out) throws CanceledExecutionException {
        LongTrainerNodeParameters parameters = in.getParameters();
        ExecutionContext exec = in.getExecutionContext();
        Path checkpoint = Path.of(
                System.getProperty("realm4knime.checkpoints"),
                Integer.toString(
                        NodeContext.getContext().getNodeContainer().getID().getIndex()));
        int begin = read(checkpoint);
        for (int step = begin + 1; step <= parameters.steps; step++) {
            exec.checkCanceled();
            write(checkpoint, step);
            exec.setProgress((double) step / parameters.steps, "step " + step + " of " + parameters.steps);
            if (begin == 0 && step == WAITS_AFTER && parameters.waits) {
                ENGINE.info("now waiting after step " + step);
                waitToBeCancelled(parameters.stubborn, exec, out);
            }
        }
        delete(checkpoint);
        BufferedDataTable log = Tables.of(
                NumbersNodeFactory.SPEC,
                List.of(List.of(new StringCell("began after step"), new IntCell(begin))),
                exec);
        out.setInternalData(log);
        out.setOutData(0, log);
    }

    private static void waitToBeCancelled(boolean stubborn, ExecutionContext exec, ExecuteOutput out)
            throws CanceledExecutionException {
        while (true) {
            try {
                exec.checkCanceled();
            } catch (CanceledExecutionException e) {
                out.setInternalData(Tables.of(
                        NumbersNodeFactory.SPEC,
                        List.of(List.of(new StringCell("cancelled after step"), new IntCell(WAITS_AFTER))),
                        exec));
                exec.setProgress("Finishing step " + WAITS_AFTER);
                if (!stubborn) {
                    throw e;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void delete(Path checkpoint) {
        try {
            Files.deleteIfExists(checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int read(Path checkpoint) {
        try {
            return Files.exists(checkpoint) ? Integer.parseInt(Files.readString(checkpoint)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path checkpoint, int step) {
        try {
            Files.writeString(checkpoint, Integer.toString(step));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parameters of Long Trainer. */
    static final class LongTrainerNodeParameters implements NodeParameters {
        int steps = 20;
        boolean waits = true;
        boolean stubborn;
    }
}
