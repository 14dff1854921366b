package org.realm4knime.engine.answer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.realm4knime.engine.EngineException;
import org.realm4knime.faults.Declared;

/** Answers of each kind, found in a text and compared with a reference, which comes before the first line break. */
public final class AnswersFuzz {

    private static final List<AnswerChecker> CHECKERS = Stream.concat(
                    Stream.of(AnswerType.values())
                            .flatMap(type -> Stream.of(AnswerChecker.of(type, 0), AnswerChecker.of(type, 1e-6))),
                    Stream.of(AnswerChecker.ofLabels(List.of("approve", "refer", "decline"))))
            .toList();

    @FuzzTest
    void answer(byte[] data) {
        read(data);
    }

    /** Judges a text with every checker. */
    public static void read(byte[] data) {
        String[] parts = new String(data, StandardCharsets.UTF_8).split("\n", 2);
        String text = parts[parts.length - 1];
        for (AnswerChecker checker : CHECKERS) {
            Declared.only(data, () -> judge(checker, parts[0], text), EngineException.class);
        }
    }

    private static void judge(AnswerChecker checker, String reference, String text) {
        Optional<String> found = checker.extract(text);
        checker.extract(text, true);
        boolean right = found.isPresent() && checker.matches(found.get(), reference);
        if (right != checker.extractRight(text, reference).isPresent()) {
            throw new AssertionError(checker + " judges \"" + text + "\" in two ways");
        }
    }
}
