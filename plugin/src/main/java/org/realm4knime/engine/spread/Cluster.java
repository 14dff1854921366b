package org.realm4knime.engine.spread;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts machines of a kind; found by {@link java.util.ServiceLoader}. */
public interface Cluster {

    /**
     * Starts, and waits until machines are there.
     *
     * @param settings the cluster's own settings, by their own names
     * @param engine jars with which the machines load {@link Workplace}: the engine and its libraries, natives included
     * @return the machines, to be closed
     * @throws IllegalStateException if there are none; the message says what to do
     */
    Machines start(Map<String, String> settings, List<Path> engine);
}
