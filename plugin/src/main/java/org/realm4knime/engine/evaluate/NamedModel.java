package org.realm4knime.engine.evaluate;

import org.realm4knime.engine.model.LanguageModel;

/**
 * A model under the name it has in the score table.
 *
 * @param name unique within one benchmark
 * @param model stays open and is closed by its owner
 */
public record NamedModel(String name, LanguageModel model) {}
