package org.realm4knime.headless.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.realm4knime.headless.node.NodeInstance;

/**
 * How long the nodes took when the workflow was last run into the same folder. From this a run tells how long it will
 * take: what a node will take that has not begun is not known otherwise.
 */
public final class LastRun {

    /** From here on a node's own pace tells more than the last run, which may have had other settings. */
    private static final double PACE_SHOWS = 0.1;

    /** By place in the order of execution; empty where it is not known. */
    private final List<Optional<Duration>> times;

    /**
     * Takes what is known.
     *
     * @param times how long each node took, in the order of execution; empty where it is not known
     */
    public LastRun(List<Optional<Duration>> times) {
        this.times = List.copyOf(times);
    }

    /**
     * Reads what {@link ResultStore} has kept.
     *
     * @param state the folder of the results; it may be missing
     * @param nodes of this run, in the order of execution
     */
    public static LastRun in(Path state, List<NodeInstance> nodes) {
        return new LastRun(nodes.stream().map(node -> time(state, node)).toList());
    }

    /** Of a node without outputs nothing is kept; it writes what others have computed. */
    private static Optional<Duration> time(Path state, NodeInstance node) {
        return node.outputs() == 0 ? Optional.of(Duration.ZERO) : ResultStore.time(state, node);
    }

    /** How long all nodes took; empty if one of them is not known. */
    public Optional<Duration> whole() {
        return behind(0);
    }

    /**
     * How long the run will go on.
     *
     * @param number place of the running node in the order of execution, from 1
     * @param fraction how far it is, in [0, 1]; negative if it does not say
     * @param soFar how long it has been running
     * @return empty if a node behind it, or what is left of itself, is not known
     */
    public Optional<Duration> left(int number, double fraction, Duration soFar) {
        Optional<Duration> own = fraction >= PACE_SHOWS
                ? Optional.of(scaled(soFar, (1 - Math.min(1, fraction)) / fraction))
                : times.get(number - 1).map(last -> later(last, soFar));
        return own.flatMap(mine -> behind(number).map(mine::plus));
    }

    private static Duration later(Duration last, Duration soFar) {
        return last.compareTo(soFar) > 0 ? last.minus(soFar) : Duration.ZERO;
    }

    private static Duration scaled(Duration time, double factor) {
        return Duration.ofMillis(Math.round(factor * time.toMillis()));
    }

    private Optional<Duration> behind(int number) {
        List<Optional<Duration>> rest = times.subList(number, times.size());
        return rest.stream().allMatch(Optional::isPresent)
                ? Optional.of(rest.stream().map(Optional::get).reduce(Duration.ZERO, Duration::plus))
                : Optional.empty();
    }
}
