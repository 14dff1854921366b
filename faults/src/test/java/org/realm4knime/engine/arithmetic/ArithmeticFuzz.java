package org.realm4knime.engine.arithmetic;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.realm4knime.faults.Declared;

/** Arithmetic in steps. */
public final class ArithmeticFuzz {

    @FuzzTest
    void step(byte[] data) {
        read(data);
    }

    /** Recomputes what a step claims. */
    public static void read(byte[] data) {
        String step = new String(data, StandardCharsets.UTF_8);
        Declared.only(data, () -> {
            Claims.in(step);
            StepNormalizer.normalize(step);
        });
    }
}
