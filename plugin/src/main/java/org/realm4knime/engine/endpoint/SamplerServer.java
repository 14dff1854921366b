package org.realm4knime.engine.endpoint;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server that takes part in a training, and whether it still does. */
final class SamplerServer {

    private final SamplerClient client;
    /** The adapter that it has; null if none. */
    private @Nullable String loaded;

    private @Nullable String whyOut;
    private int failures;

    SamplerServer(SamplerClient client) {
        this.client = client;
    }

    SamplerClient client() {
        return client;
    }

    synchronized @Nullable String loaded() {
        return loaded;
    }

    synchronized void loaded(@Nullable String name) {
        loaded = name;
    }

    synchronized void answered() {
        failures = 0;
    }

    /** Counts a failure; returns how many there were in a row. */
    synchronized int failed() {
        failures++;
        return failures;
    }

    synchronized boolean isOut() {
        return whyOut != null;
    }

    synchronized void leaveOut(String why) {
        whyOut = why;
        // it may be another process when it comes back
        loaded = null;
    }

    synchronized void comeBack() {
        whyOut = null;
        failures = 0;
    }

    private synchronized String why() {
        return whyOut == null ? "" : whyOut;
    }

    static NoServerException noneLeft(List<SamplerServer> servers) {
        String reasons = servers.stream().map(SamplerServer::why).distinct().collect(Collectors.joining(" "));
        return new NoServerException("No server is left to write completions. " + reasons);
    }
}
