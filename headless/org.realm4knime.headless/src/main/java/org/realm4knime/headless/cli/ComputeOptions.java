package org.realm4knime.headless.cli;

import java.util.Locale;
import org.realm4knime.engine.EngineException;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.nodes.preferences.EnginePreferences;
import picocli.CommandLine.Option;

/** On what a command computes. */
final class ComputeOptions {

    /** Where to compute. */
    enum Device {
        CPU,
        CUDA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String DEVICE = "realm4knime.device";

    @Option(names = "--threads", paramLabel = "N", description = "Processor threads to compute with (default: all).")
    private Integer threads;

    @Option(
            names = "--device",
            description = "Compute on ${COMPLETION-CANDIDATES} (default: CUDA where it can be had).")
    private Device device;

    /** Refuses values that nothing can be computed with. */
    void check() throws WorkflowException {
        if (threads != null && threads < 1) {
            throw new WorkflowException("--threads must be at least 1, not " + threads + ".");
        }
    }

    /** Tells the engine, which knows nothing of a command line. */
    void apply() {
        if (threads != null) {
            System.setProperty("realm4knime.threads", threads.toString());
        }
        if (device != null) {
            System.setProperty(DEVICE, device.toString());
        }
    }

    /** Starts the engine if a graphics card is asked for, so that it is known at once that there is none. */
    static void requireDevice() throws WorkflowException {
        if (Device.CUDA.toString().equals(System.getProperty(DEVICE))) {
            try {
                EnginePreferences.requireDevice();
            } catch (EngineException e) {
                throw new WorkflowException(
                        ("--device cuda: %s (For the folder: REALM_JAVA_OPTS=-Drealm4knime.nativeLibrary=FOLDER.) Leave"
                                        + " --device out to compute on the processor.")
                                .formatted(e.getMessage()),
                        e);
            }
        }
    }
}
