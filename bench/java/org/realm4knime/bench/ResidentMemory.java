package org.realm4knime.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Resident memory of this process over time, as Linux counts it. */
final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");

    /**
     * A sample.
     *
     * @param step after which step
     * @param megabytes resident memory in units of 2^20 bytes
     */
    record Sample(int step, double megabytes) {}

    private final int every;
    private final List<Sample> samples = new ArrayList<>();

    /**
     * An empty series.
     *
     * @param every steps from one sample to the next
     */
    ResidentMemory(int every) {
        this.every = every;
    }

    /** Takes a sample if it is time for one. */
    void afterStep(int step) {
        if (step % every == 0) {
            samples.add(new Sample(step, megabytes()));
        }
    }

    List<Sample> samples() {
        return samples;
    }

    private static double megabytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("Resident memory is read from " + STATUS + ", which only Linux has", e);
        }
    }
}
