package org.realm4knime.engine.problem;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.problem.DatasetFormat.FieldNames;
import org.realm4knime.engine.problem.DatasetFormat.Layout;
import org.realm4knime.engine.route.RouteReader;
import org.realm4knime.engine.supervised.ExampleReader;
import org.realm4knime.faults.Declared;
import org.realm4knime.faults.Scratch;

/** Files of problems, rules, routes and examples: JSON, JSON Lines, CSV. The input's first byte says as what. */
public final class DataFileFuzz {

    private static final Scratch SCRATCH = new Scratch();

    private record As(String name, Reader reader) {}

    /** Reads a file as one of them. */
    @FunctionalInterface
    private interface Reader {
        void read(Path file) throws Exception;
    }

    private static final List<As> KINDS = List.of(
            new As("data.jsonl", problems(Layout.GUESS)),
            new As("data.csv", problems(Layout.GUESS)),
            new As("data.json", problems(Layout.MULTIPLE_CHOICE)),
            new As("data.jsonl", problems(Layout.GSM8K)),
            new As("rules.jsonl", RuleReader::read),
            new As("rules.csv", RuleReader::read),
            new As("routes.jsonl", RouteReader::read),
            new As("examples.jsonl", ExampleReader::read));

    private static Reader problems(Layout layout) {
        return file -> DatasetReader.read(file, new DatasetFormat(layout, FieldNames.guessed()));
    }

    @FuzzTest
    void file(byte[] data) {
        read(data);
    }

    /** Reads a file. */
    public static void read(byte[] data) {
        if (data.length == 0) {
            return;
        }
        As kind = KINDS.get((data[0] & 0xFF) % KINDS.size());
        Path file = SCRATCH.write(kind.name(), Arrays.copyOfRange(data, 1, data.length));
        Declared.only(data, () -> kind.reader().read(file), EngineException.class);
    }
}
