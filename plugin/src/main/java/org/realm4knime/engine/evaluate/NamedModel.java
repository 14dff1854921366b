package org.realm4knime.engine.evaluate;

import java.util.Set;
import org.realm4knime.engine.generate.TextGenerator;

/**
 * A model under the name it has in tables and charts.
 *
 * @param name unique within one benchmark
 * @param model the model; stays open and is closed by its owner
 * @param trainedFrom names of those models of the benchmark that it was trained from, over however many trainings
 */
public record NamedModel(String name, TextGenerator model, Set<String> trainedFrom) {

    /** A model of which nobody knows what it was trained from. */
    public static NamedModel of(String name, TextGenerator model) {
        return new NamedModel(name, model, Set.of());
    }
}
