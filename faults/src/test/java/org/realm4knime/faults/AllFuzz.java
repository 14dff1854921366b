package org.realm4knime.faults;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.realm4knime.engine.answer.AnswersFuzz;
import org.realm4knime.engine.arithmetic.ArithmeticFuzz;
import org.realm4knime.engine.endpoint.ServerAnswerFuzz;
import org.realm4knime.engine.model.ModelFilesFuzz;
import org.realm4knime.engine.model.SafetensorsFuzz;
import org.realm4knime.engine.model.TokenizerFuzz;
import org.realm4knime.engine.mrpv.VerificationFuzz;
import org.realm4knime.engine.problem.DataFileFuzz;
import org.realm4knime.engine.template.ChatTemplateFuzz;
import org.realm4knime.headless.serve.ServeRequestFuzz;
import org.realm4knime.headless.workflow.ArchiveFuzz;
import org.realm4knime.headless.workflow.WorkflowFuzz;

/**
 * All targets in one, so that one process can try fresh inputs for each of them in every build. The input's first byte
 * says which.
 */
class AllFuzz {

    private record Target(Class<?> fuzz, Consumer<byte[]> reading) {}

    private static final List<Target> TARGETS = List.of(
            new Target(SafetensorsFuzz.class, SafetensorsFuzz::read),
            new Target(TokenizerFuzz.class, TokenizerFuzz::read),
            new Target(ModelFilesFuzz.class, ModelFilesFuzz::read),
            new Target(ChatTemplateFuzz.class, ChatTemplateFuzz::read),
            new Target(DataFileFuzz.class, DataFileFuzz::read),
            new Target(AnswersFuzz.class, AnswersFuzz::read),
            new Target(ArithmeticFuzz.class, ArithmeticFuzz::read),
            new Target(VerificationFuzz.class, VerificationFuzz::read),
            new Target(ServerAnswerFuzz.class, ServerAnswerFuzz::read),
            new Target(WorkflowFuzz.class, WorkflowFuzz::read),
            new Target(ArchiveFuzz.class, ArchiveFuzz::read),
            new Target(ServeRequestFuzz.class, ServeRequestFuzz::read));

    @MethodSource("seeds")
    @FuzzTest
    void any(byte[] data) {
        if (data.length > 0) {
            TARGETS.get((data[0] & 0xFF) % TARGETS.size()).reading().accept(Arrays.copyOfRange(data, 1, data.length));
        }
    }

    static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < TARGETS.size(); i++) {
            Path folder = Path.of(
                    "src/test/resources", TARGETS.get(i).fuzz().getName().replace('.', '/') + "Inputs");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    byte[] content = Files.readAllBytes(file);
                    byte[] seed = new byte[content.length + 1];
                    seed[0] = (byte) i;
                    System.arraycopy(content, 0, seed, 1, content.length);
                    seeds.add(seed);
                }
            }
        }
        return seeds;
    }
}
