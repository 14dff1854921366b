package org.realm4knime.claims;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One arm with one seed.
 *
 * @param arm the method
 * @param seed the seed
 * @param folder results of its run
 */
record Task(Plan.Arm arm, int seed, Path folder) {

    /**
     * What is noted of a run that has ended well.
     *
     * @param fingerprint what it depended on
     * @param seconds how long it took, all attempts together
     */
    record Done(String fingerprint, double seconds) {}

    /** One run serves all seeds where the arm says so. */
    static Task of(Plan.Arm arm, int seed, Path runs) {
        int own = arm.once() ? 1 : seed;
        return new Task(arm, own, runs.resolve(arm.name() + "-" + own));
    }

    /** Whether this task runs before the other one, whose results it shares. */
    boolean isBefore(Task other) {
        return other.arm().after().contains(arm.name()) && (arm.once() || seed == other.seed());
    }

    Path table(String name) {
        return folder.resolve("tables").resolve(name + ".csv");
    }

    /** What was noted; null if the run has not ended well. */
    Done done() throws IOException {
        return Files.exists(note()) ? new Gson().fromJson(Files.readString(note()), Done.class) : null;
    }

    void note(Done done) throws IOException {
        Files.writeString(note(), new Gson().toJson(done));
    }

    private Path note() {
        return folder.resolve("claims.json");
    }

    @Override
    public String toString() {
        return arm.name() + ", seed " + seed;
    }
}
