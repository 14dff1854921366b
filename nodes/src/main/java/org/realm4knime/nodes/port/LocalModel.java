package org.realm4knime.nodes.port;

import org.realm4knime.engine.model.DecoderConfig;

/**
 * A checkpoint kept in the workflow.
 *
 * @param name name in tables and charts
 * @param architecture model type of config.json, for example {@code llama} or {@code qwen2}; empty while unknown
 * @param parameterCount number of weights; 0 while unknown
 * @param vocabularySize number of tokens; 0 while unknown
 * @param files number and size of the files, for a person to read; empty until they exist
 * @param digest hash of the files' content, the same for equal models; empty until they exist
 */
public record LocalModel(
        String name, String architecture, long parameterCount, int vocabularySize, String files, String digest)
        implements ModelDescription {

    /** A model of which only the name is known before execution. */
    public static LocalModel named(String name) {
        return new LocalModel(name, "", 0, 0, "", "");
    }

    /** A model whose configuration is known and whose files are not. */
    public static LocalModel of(String name, DecoderConfig config) {
        return new LocalModel(name, config.modelType(), config.parameterCount(), config.vocabSize(), "", "");
    }

    /** The model that training makes out of this one: same architecture, new name, files not known yet. */
    public LocalModel trainedAs(String newName) {
        return new LocalModel(newName, architecture, parameterCount, vocabularySize, "", "");
    }

    LocalModel with(ModelFiles modelFiles) {
        return new LocalModel(
                name, architecture, parameterCount, vocabularySize, modelFiles.summary(), modelFiles.digest());
    }
}
