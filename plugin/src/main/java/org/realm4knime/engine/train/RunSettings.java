package org.realm4knime.engine.train;

import java.nio.file.Path;
import org.realm4knime.engine.Settings;

/**
 * How long a training runs, where its chance comes from and where it is kept.
 *
 * @param steps steps of the training, at least 1
 * @param seed the same seed gives the same result
 * @param checkpointFolder folder for checkpoints, or null for none
 * @param checkpointEvery steps from one checkpoint to the next; 0 writes one only when the training is canceled or ends
 */
public record RunSettings(int steps, long seed, Path checkpointFolder, int checkpointEvery) {

    /** Checks the values. */
    public RunSettings {
        Settings.requireAtLeast(1, steps, "Steps");
        Settings.requireAtLeast(0, checkpointEvery, "Steps between checkpoints");
    }

    /** A run without checkpoints. */
    public static RunSettings of(int steps, long seed) {
        return new RunSettings(steps, seed, null, 0);
    }

    /** The same with as many steps. */
    public RunSettings withSteps(int other) {
        return new RunSettings(other, seed, checkpointFolder, checkpointEvery);
    }

    /** The same with checkpoints in a folder; null for none. */
    public RunSettings withCheckpoints(Path folder, int every) {
        return new RunSettings(steps, seed, folder, every);
    }

    /** What of it decides the result: all but the checkpoints. */
    public RunSettings withoutCheckpoints() {
        return of(steps, seed);
    }
}
