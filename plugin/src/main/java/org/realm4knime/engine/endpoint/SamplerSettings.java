package org.realm4knime.engine.endpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Settings;

/**
 * Servers that write the completions of a training, but for the key. All of them serve the model that the training
 * began with.
 *
 * @param baseUrls addresses, such as {@code http://localhost:8000/v1}; at least one
 * @param folder where the adapter of every step is written, or all weights if all are trained
 * @param seenAs path of that folder as the servers know it; empty if it is the same
 * @param parallel requests that one server answers at the same time, at least 1
 * @param timeoutSeconds a request that is not answered whole after so many seconds is given up; at least 1
 * @param ahead whether the next step's completions are written while a step is trained, so by weights one step older
 */
public record SamplerSettings(
        List<String> baseUrls, Path folder, String seenAs, int parallel, int timeoutSeconds, boolean ahead) {

    /** Checks the values. */
    public SamplerSettings {
        // the same rules as for a model that is asked
        baseUrls = new EndpointSettings(
                        "any", baseUrls, "", Dialect.USUAL, new EndpointLimits(1, 1, 0, 0, 0), new TokenPrices(0, 0))
                .baseUrls();
        Objects.requireNonNull(folder, "folder");
        seenAs = Objects.requireNonNull(seenAs, "seenAs").strip();
        Settings.requireAtLeast(1, parallel, "Parallel requests");
        Settings.requireAtLeast(1, timeoutSeconds, "Time-out");
        if (folder.toString().isBlank()) {
            throw new EngineException("The folder for the servers is empty (setting 'Shared folder'). Enter one that"
                    + " this machine and the servers can read.");
        }
    }

    /** A folder of {@link #folder()} as the servers know it. */
    String seenAs(Path child) {
        if (seenAs.isEmpty()) {
            return child.toAbsolutePath().toString();
        }
        String end = seenAs.contains("\\") && !seenAs.contains("/") ? "\\" : "/";
        return (seenAs.endsWith(end) ? seenAs : seenAs + end) + child.getFileName();
    }
}
