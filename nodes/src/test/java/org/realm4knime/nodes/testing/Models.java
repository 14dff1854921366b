package org.realm4knime.nodes.testing;

import java.nio.file.Path;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.nodes.modelreader.LanguageModelReaderNodeFactory;
import org.realm4knime.nodes.port.LanguageModelPortObject;

/** Small untrained models. */
public final class Models {

    /** Tokenizer of the refund desk; the tests run in the folder of this project. */
    public static final Path TOKENIZER = Path.of("../examples/build-tiny-models/data/tokenizer")
            .toAbsolutePath()
            .normalize();

    private Models() {}

    /** A model with one layer and random weights. */
    public static LanguageModelPortObject untrained(NodeRunner workflow, String name, long seed)
            throws InvalidSettingsException {
        return workflow.node(new LanguageModelReaderNodeFactory())
                .set("source", "NEW")
                .set("name", name)
                .set("tokenizer", TOKENIZER)
                .set("layers", 1)
                .set("hiddenSize", 16)
                .set("heads", 2)
                .set("keyValueHeads", 1)
                .set("intermediateSize", 24)
                .set("maxPositions", 256)
                .set("seed", seed)
                .result();
    }
}
