package org.realm4knime.claims;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A domain that was read from a folder.
 *
 * @param about what its domain.json says
 * @param data its files as workflows read them
 * @param notes what it lacked, and what was done about it
 */
record Domain(DomainAbout about, Path data, List<String> notes) {

    private static final List<String> JUDGING = List.of(
            "Route Verifier (MRPV)", "ReaLM Trainer", "Benchmark Evaluator", "Guided Distiller", "Problem Instructor");
    private static final List<String> WRITING =
            List.of("Benchmark Evaluator", "Guided Distiller", "Multi-Route Rollout", "Problem Instructor");

    String name() {
        return about.name();
    }

    /** Whether a file was written; it may have no rows. */
    boolean isWritten(String file) {
        return Files.exists(data.resolve(file));
    }

    /** Whether a file has rows. */
    boolean has(String file) {
        return data.resolve(file).toFile().length() > 0;
    }

    /** The settings that it asks for in every workflow. */
    List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "New model/layers=" + about.model().layers(),
                "New model/hiddenSize=" + about.model().hiddenSize(),
                "New model/intermediateSize=" + about.model().intermediateSize(),
                "New model/maxPositions=1024",
                "Train base/steps=" + about.baseSteps(),
                "ReaLM Trainer/maxNewTokens=" + about.maxNewTokens()));
        JUDGING.forEach(node -> settings.add(node + "/answers/kind=" + about.answerKind()));
        if (!about.labels().isEmpty()) {
            JUDGING.forEach(node -> settings.add(node + "/answers/labels=" + String.join(", ", about.labels())));
        }
        WRITING.forEach(node -> settings.add(node + "/generation/maxNewTokens=" + about.maxNewTokens()));
        return settings;
    }
}
