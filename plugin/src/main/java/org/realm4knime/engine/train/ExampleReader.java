package org.realm4knime.engine.train;

import java.nio.file.Path;
import java.util.List;
import org.realm4knime.engine.problem.FileRecord;
import org.realm4knime.engine.problem.RecordReader;

/** Reads training examples from a file. */
public final class ExampleReader {

    private ExampleReader() {}

    /**
     * Reads all examples of a file with the fields prompt, completion and, if known, weight.
     *
     * @param file JSON lines, or a table with a header (CSV), UTF-8
     * @return the examples in the order of the file
     * @throws org.realm4knime.engine.EngineException naming file, line and field, if it cannot be read
     */
    public static List<SupervisedExample> read(Path file) {
        return RecordReader.read(file).stream().map(ExampleReader::example).toList();
    }

    private static SupervisedExample example(FileRecord record) {
        double weight = record.number(List.of("weight")).orElse(1.0);
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw record.error("the weight is " + weight + ". A weight is a number above 0.");
        }
        return new SupervisedExample(
                record.requiredText("prompt", List.of("prompt", "instruction", "question", "input")),
                record.requiredText("completion", List.of("completion", "response", "output", "text")),
                weight);
    }
}
