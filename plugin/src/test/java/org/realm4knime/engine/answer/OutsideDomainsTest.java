package org.realm4knime.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers as the domains of other people have them: other languages, units of medicine and physics, codes, chemistry,
 * labels that contain one another. The kind is guessed from the references, which are the first column; the reference
 * is the first of them.
 */
class OutsideDomainsTest {

    private static boolean right(String references, String completion) {
        List<String> all =
                Arrays.stream(references.split(";")).map(String::strip).toList();
        AnswerChecker checker = AnswerChecker.of(AnswerType.guess(all), 0, all);
        return checker.extractRight(completion.replace("¶", "\n"), all.get(0)).isPresent();
    }

    private static final String CASES = "approve; refer; decline; approve; refer; decline; approve; refer; decline;"
            + " approve; refer; decline; approve; refer; decline";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Der Antrag ist nicht genehmigt.",
                "Der Antrag wird keinesfalls genehmigt.",
                "Vielleicht genehmigt.",
                "Antwort: weder genehmigt noch anderes",
                "Antwort: teilweise genehmigt",
            })
    void aGermanDenialOfALabelIsNoAnswer(String completion) {
        String five = "genehmigt; abgelehnt; genehmigt; abgelehnt; genehmigt; abgelehnt; genehmigt; abgelehnt;"
                + " genehmigt; abgelehnt";
        assertThat(right(five, completion)).isFalse();
        assertThat(right(five, "Der Antrag ist genehmigt.")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Answer: unable to approve",
                "Answer: impossible to approve",
                "Answer: too risky to approve",
                "Answer: it is premature to approve",
                "Answer: it is wrong to approve",
                "Answer: approve is out of the question",
                "Answer: nobody can approve",
                "Answer: hardly approve",
                "Answer: approve in part",
                "Answer: conditionally approve",
                "Answer: approve: false",
                "Answer: approve would be a mistake",
            })
    void anEnglishDenialOfALabelIsNoAnswer(String completion) {
        assertThat(right(CASES, completion)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Answer: approve",
                "We decide to approve.",
                "The decision is to approve.",
                "So I recommend to approve.",
                "It is safe to approve.",
                "Answer: approve, it is not too late",
                "Answer: We approve the request because nothing is missing.¶¶Such requests without papers we decline.",
            })
    void aStatedLabelIsAnAnswer(String completion) {
        assertThat(right(CASES, completion)).isTrue();
    }

    private static final List<String> CARS = List.of("unacc", "acc", "good", "vgood");

    private static String label(String completion) {
        return AnswerChecker.ofLabels(CARS)
                .extract(completion.replace("¶", "\n"))
                .filter(CARS::contains)
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Verdict: **acc** - comfort is good. | acc",
                "Verdict: acc, as comfort is good. | acc",
                "I would rate this car as acc, because the technical side is good. | acc",
                "result: acc (technical side good) | acc",
                "Final rating: acc; comfort is good. | acc",
                "Therefore: acc. You can trust me, the comfort is good. | acc",
                "Verdict: **acc**. Comfort is good. | acc",
                "Verdict: acc¶Comfort is good. | acc",
                "The answer is acc, as comfort is good. | acc",
                "The answer is acc because comfort is good. | acc",
                "Answer: acc (technical side good) | acc",
                "Answer: acc, technical side good | acc",
                "Comfort is good. Therefore: acc. | acc",
                "technical side: good¶-> acc | acc",
                "The comfort is good, so the car is acc. | acc",
                "Comfort is good. Therefore: acceptable. | none",
                "comfort: good¶-> unacceptable | none",
                "I would rate this car as very good. | none",
                "The answer is very good. | none",
                "technical side: good + high safety = excellent¶-> very good | none",
                "result: acceptable (price high, technical side good) | none",
                "Verdict: **acceptable** - the technical side is good. | none",
                "result: unacc (price prohibitive, technical side bad) | unacc",
                "Better than acc: it is good. | none",
                "Verdict: acc or good. | none",
                "Verdict: acc, or good. | none",
                "Verdict: not acc. | none",
                "Verdict: acc. Or good. | none",
                "Answer: acc, good | none",
                "Answer: acc, then good | none",
                "Answer: acc, but good is possible | none",
                "Verdict: good. Wait, the safety is low. Verdict: unacc. | unacc",
            })
    void aLabelCountsWhereItIsTheVerdictAndNotWhereItNamesAStep(String completion, String expected) {
        assertThat(label(completion)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "3; 12; 7 | Die Antwort ist nicht 3.",
                "3; 12; 7 | Antwort: mindestens 3",
                "3; 12; 7 | Antwort: die Hälfte von 3",
                "3; 12; 7 | Es sind weniger als 3 Kunden.",
                "3; 12; 7 | La réponse n'est pas 3.",
                "3; 12; 7 | Réponse : au moins 3",
                "3; 12; 7 | Respuesta: más de 3",
                "12; 7; 3 | Antwort: 12 Millionen",
                "3; 7; 12 | Antwort: 3 Dutzend",
                "3; 12; 7 | The answer is 3, which is wrong. The right one is 7.",
                "3; 12; 7 | \\boxed{3} is wrong.",
                "3; 12; 7 | Answer: 3 (wrong)",
                "3; 12; 7 | The answer is 3 - no, 7.",
                "3; 12; 5 | $x=\\boxed{5}$ or $x=\\boxed{3}$",
                "3; 12; 5 | $\\boxed{5} \\quad \\text{and} \\quad \\boxed{3}$",
                "3; 12; 5 | $\\boxed{5}\\text{ and }\\boxed{3}$",
                "3; 12; 5 | $\\boxed{5}$ und $\\boxed{3}$",
                "3; 12; 5 | \\boxed{5} \\quad \\boxed{3}",
                "5; 12; 3 | x = 3, x = 5",
                "5; 12; 3 | So x is 3, or x is 5.",
                "5; 12; 3 | There are two solutions:¶- 3¶- 5",
                "40; 12; 7 | Answer: She needs a total of 12 buses for the trip.¶¶Each bus holds 40.",
                "3; 12; 5 | Answer: 3¶5",
                "Move A; Move B; no move | Answer:¶Move A¶Move B",
                "Move A; Move B; no move | #### Move A¶Move B",
                "Move B; Move A; no move | So we do:¶Move A¶Move B",
                "B; A; C; D | Antwort: A oder B",
                "B; A; C; D | B is wrong.",
                "B; A; C; D | I rule out B",
                "B; A; C; D | Answer: B (wrong)",
                "15%; 3.5% | Answer: 15 basis points",
                "15%; 3.5% | Answer: 15 percentage points",
                "[2,5]; (0,1); (-1,4); [0,3] | The domain is (2,5).",
            })
    void isNoAnswer(String references, String completion) {
        assertThat(right(references, completion)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "0042; 0817; 1205; 0007 | The answer is 42.",
                "0042; 0817; 1205; 0007 | Answer: 00042",
                "01067; 10115; 80331 | Answer: 1067",
                "500 mg; 2 g; 250 µg | Answer: 500 mcg",
                "500 mg; 2 g; 250 µg | Answer: 500 micrograms",
                "500 mg; 2 g; 100 IU | Answer: 500 IU",
                "100 IU; 2 g; 500 mg | Answer: 100 mg",
                "250 ml; 1 l | Answer: 250 dl",
                "5 km; 3 m | Answer: 5 nm",
                "5 km; 3 m | Answer: 5 light-years",
                "3 h; 2 days | Answer: 3 ms",
                "3 h; 2 days | Answer: 3 pm",
                "300 Pa; 2 Pa | Answer: 300 hPa",
                "12 V; 5 V | Answer: 12 kilovolts",
                "5 N; 3 N | Answer: 5 Nm",
                "40 kWh; 3 kWh | Answer: 40 Ah",
                "20 °C; -5 °C | Answer: 20 degrees Fahrenheit",
                "-5 °C; 20 °C | Answer: -5 Kelvin",
                "45°; 90° | Answer: 45 radians",
                "45°; 90° | Answer: 45 %",
                "12 m²; 3 m² | Answer: 12 square feet",
                "$5; $20; $3.50 | Answer: 5 cents",
                "$5; €20; £3.50 | Answer: €5",
                "12,40 €; 1.250,00 € | Answer: 12,40 CHF",
                "$5; $20; $3.50 | Answer: CA$5",
                "$5; $20; $3.50 | Answer: SEK 5",
                "$5; $20; $3.50 | Answer: 5 Canadian dollars",
                "1205; 0042; 0817; 0007 | Answer: 1,205",
                "1.10; 1.1; 2.0.3 | Answer: 1.1",
                "Co; CO; No; NO | The answer is CO.",
            })
    void isAnotherQuantityOrCode(String references, String completion) {
        assertThat(right(references, completion)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "0042; 0817; 1205; 0007 | The article is 0042.",
                "01067; 10115; 80331 | Answer: 01067 Dresden",
                "500 mg; 2 g | Answer: 0.5 grams",
                "250 µg; 2 g | Answer: 250 ug",
                "250 µg; 2 g | Answer: 0.25 mg",
                "250 ml; 1 l | Answer: 25 cl",
                "50 km/h; 20 m/s | Answer: 50 kilometers per hour",
                "40 kWh; 3 kWh | Answer: 40 kilowatt-hours",
                "12 m²; 3 m² | Answer: 12 square meters",
                "40 Ω; 3 Ω | Answer: 40 ohms",
                "40 Ω; 3 Ω | Answer: $40\\,\\Omega$",
                "45°; 90° | Answer: $45^{\\circ}$",
                "-5 °C; 20 °C | Answer: minus 5 °C",
                "-5 °C; 20 °C | Answer: -5 ℃",
                "-12; 7; 3 | Answer: minus 12",
                "1.2e-3 mol/L; 3e-2 mol/L | Answer: 1.2 × 10⁻³ mol/L",
                "1.2e-3 mol/L; 3e-2 mol/L | Answer: 1.2 mmol/L",
                "£3.50; £4 | Answer: 3.50 pounds",
                "$5; $20; $3.50 | Answer: 5 US dollars",
                "Co; CO; No; NO | The answer is Co.",
                "1.10; 1.1; 2.0.3 | Answer: 1.10",
                "$(3,2)$; $(1,5)$ | \\boxed{(3,2)}",
                "$\\{1,2\\}$; $\\{3\\}$ | \\boxed{\\{1,2\\}}",
                "{fire, water}; {earth} | Answer:¶- fire¶- water",
                "{fire}; {earth, water} | Answer:¶- fire",
                "§ 12 Abs. 3; § 7 | The answer is § 12 Abs. 3.",
                "J. S. Bach; W. A. Mozart | Answer: J. S. Bach",
                "H2SO4; CO2 | $\\ce{H2SO4}$",
                "H2SO4; CO2 | \\boxed{H_{2}SO_{4}}",
                "Fe3+; Na+ | Answer: Fe³⁺",
                "Cl-; Na+ | Answer: Cl⁻",
                "1:200; 3:4 | Answer: 1 : 200",
                "3-5 days; 24-48 hours | Answer: 3 to 5 days",
                "10x20; 3x4 | Answer: 10 × 20",
                "2022-07-08; 2024-05-14 | Answer: 8 juillet 2022",
                "2024-05-14; 2022-07-08 | Answer: 14 de mayo de 2024",
                "2024-05-14; 2022-07-08 | Answer: 14-May-2024",
                "no; sí; no; sí; no; sí; no; sí; no; sí | La respuesta es no.",
                "Benjamin is a devil, Emma an angel.; no one | Answer: Benjamin is a devil, Emma an angel."
                        + "¶¶This follows from the rules given above.",
                "off; dim; on the left | So the result is off",
                "off; dim; on the left | Result: off",
                "7¶2; 3¶1 | #### 7¶2",
                "Move A¶Move B; Move B¶Move A | Answer:¶Move A¶Move B",
                "Move A¶Move B; Move B¶Move A | {\"answer\": \"Move A\\nMove B\"}",
            })
    void isTheSame(String references, String completion) {
        assertThat(right(references.replace("¶", "\n"), completion)).isTrue();
    }
}
