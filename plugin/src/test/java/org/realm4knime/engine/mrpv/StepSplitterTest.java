package org.realm4knime.engine.mrpv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.arithmetic.StepNormalizer;

class StepSplitterTest {

    @Test
    void splitsAtSemicolons() {
        assertThat(StepSplitter.split("12 days ok; electronics 15%; 240 - 36 = 204"))
                .containsExactly("12 days ok", "electronics 15%", "240 - 36 = 204");
    }

    @Test
    void splitsLinesAndSentencesButNotDecimalsNorAbbreviations() {
        assertThat(StepSplitter.split(
                        "Mr. Smith pays 3.50 dollars, i.e. 7/2. Then he has $5. No. 7 is free!\n\n4 left? Yes."))
                .containsExactly(
                        "Mr. Smith pays 3.50 dollars, i.e. 7/2.",
                        "Then he has $5.",
                        "No. 7 is free!",
                        "4 left?",
                        "Yes.");
    }

    @Test
    void splitsLinesThatAreWrittenInSmallLetters() {
        assertThat(StepSplitter.split("2 per kg makes 18. with the fee it is 22, i.e. more. so the answer is 22."))
                .containsExactly("2 per kg makes 18.", "with the fee it is 22, i.e. more.", "so the answer is 22.");
        assertThat(StepSplitter.split("it costs 3.50 incl. tax. ok! done."))
                .containsExactly("it costs 3.50 incl. tax.", "ok!", "done.");
        assertThat(StepSplitter.split("The price incl. tax at max. speed is 4. Done."))
                .containsExactly("The price incl. tax at max. speed is 4.", "Done.");
    }

    @Test
    void splitsNumberedStepsOnOneLine() {
        assertThat(StepSplitter.split("Step 1: Add 2 + 3. Step 2: Double it. 3. Done"))
                .containsExactly("Step 1: Add 2 + 3.", "Step 2: Double it.", "3. Done");
    }

    @Test
    void keepsListNumbersWithTheirStep() {
        assertThat(StepSplitter.split("1. Add the prices.\n2. Take off 15%.\n- So 5."))
                .containsExactly("1. Add the prices.", "2. Take off 15%.", "- So 5.");
    }

    @Test
    void dropsWhatHoldsNoWordOrNumber() {
        assertThat(StepSplitter.split(" ; ---\n\n ok ;; ")).isEqualTo(List.of("ok"));
        assertThat(StepSplitter.split("  \n ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Step 2: 1,200.50 - 36 = 1,164.5. | 1200.5-36=1164.5",
                "2) Take  OFF 15 % | take off 15%",
                "- 12 x 3 = $36 | 12*3=36",
                "**12 \u00D7 3 = 36** | 12*3=36",
                "48/2 = <<48/2=24>>24 clips. | 48/2=24 clips",
                "$\\frac{1}{2}$ of 40 | 1/2 of 40",
                "007 | 7",
            })
    void normalFormsOfSteps(String step, String expected) {
        assertThat(StepNormalizer.normalize(step)).isEqualTo(expected);
        assertThat(StepNormalizer.normalize(expected)).isEqualTo(expected);
    }
}
