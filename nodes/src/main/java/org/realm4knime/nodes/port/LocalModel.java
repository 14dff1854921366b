package org.realm4knime.nodes.port;

import java.util.List;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
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
 * @param trainedFrom digests of the models that it was trained from within workflows, the nearest first
 */
public record LocalModel(
        String name,
        String architecture,
        long parameterCount,
        int vocabularySize,
        String files,
        String digest,
        List<String> trainedFrom)
        implements ModelDescription {

    /** A model of which only the name is known before execution. */
    public static LocalModel named(String name) {
        return new LocalModel(name, "", 0, 0, "", "", List.of());
    }

    /** A model whose configuration is known and whose files are not. */
    public static LocalModel of(String name, DecoderConfig config) {
        return new LocalModel(name, config.modelType(), config.parameterCount(), config.vocabSize(), "", "", List.of());
    }

    /** The model that training makes out of this one: same architecture, new name, files not known yet. */
    public LocalModel trainedAs(String newName) {
        return new LocalModel(newName, architecture, parameterCount, vocabularySize, "", "", lineage());
    }

    /** The model that comes out of a training. */
    LocalModel trainedAs(String newName, DecoderConfig config) {
        LocalModel made = of(newName, config);
        return new LocalModel(newName, made.architecture, made.parameterCount, made.vocabularySize, "", "", lineage());
    }

    /** What a model trained from this one descends from: this one and its own ancestors. */
    private List<String> lineage() {
        return Stream.concat(Stream.of(digest).filter(known -> !known.isEmpty()), trainedFrom.stream())
                .toList();
    }

    /** The same model when its files are known, which are read for their digest. */
    LocalModel with(ModelFiles modelFiles, Progress progress) throws CanceledJobException {
        return new LocalModel(
                name,
                architecture,
                parameterCount,
                vocabularySize,
                modelFiles.summary(),
                modelFiles.digest(progress),
                trainedFrom);
    }
}
