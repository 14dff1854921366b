package org.realm4knime.engine.mrpv;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.AnswerType;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.faults.Declared;

/** Completions to the verification prompt. */
public final class VerificationFuzz {

    private static final List<PromptFormat> FORMATS = List.of(PromptFormat.general(), PromptFormat.compact());
    private static final AnswerChecker CHECKER = AnswerChecker.of(AnswerType.NUMBER, 0);

    @FuzzTest
    void completion(byte[] data) {
        read(data);
    }

    /** Takes a completion apart. */
    public static void read(byte[] data) {
        String completion = new String(data, StandardCharsets.UTF_8);
        Declared.only(data, () -> {
            for (PromptFormat format : FORMATS) {
                Verification.Parsed parsed = Verification.parse(format, completion);
                if (parsed.verdicts().stream().anyMatch(verdict -> verdict.step() < 0)) {
                    throw new AssertionError("A step before the first: " + parsed);
                }
                StepSplitter.split(parsed.solution());
                SolutionForm.answerAtEnd(CHECKER, parsed.solution());
            }
        });
    }
}
