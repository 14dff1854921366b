package org.realm4knime.engine.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.model.tokenizer.TokenizerTrainer.Kind;

/** Tokenizers are read by Hugging Face's own library, so that nothing here is checked against itself. */
class TokenizerTrainerTest {

    private static final List<List<String>> DOSES = IntStream.range(0, 200)
            .mapToObj(i -> List.of(
                    "The %s weighs %d kg. What is its dose of Veramol in mg?".formatted(i % 2 == 0 ? "dog" : "cat", i),
                    "Dogs get 5 mg per kg: %d * 5 = %d.\nThe answer is %d.".formatted(i, 5 * i, 5 * i)))
            .toList();

    @TempDir
    private Path folder;

    private TextTokenizer trained(Kind kind, int size, boolean singleDigits, List<List<String>> rows) throws Exception {
        TokenizerTrainer trainer = new TokenizerTrainer(kind, size, singleDigits);
        rows.forEach(trainer::add);
        trainer.write(folder, Progress.silent());
        return TextTokenizer.read(folder);
    }

    private static Optional<String> warning(Path folder, int size, List<List<String>> rows) throws Exception {
        TokenizerTrainer trainer = new TokenizerTrainer(Kind.WORDS, size, true);
        rows.forEach(trainer::add);
        return trainer.write(folder, Progress.silent());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyTextComesBackFromBytePairs(boolean singleDigits) throws Exception {
        TextTokenizer tokenizer = trained(Kind.BPE, 512, singleDigits, DOSES);
        Random random = new Random(11);

        for (int i = 0; i < 300; i++) {
            String text = randomText(random);
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        }
        for (String text : List.of(
                "",
                " ",
                "  two  spaces ",
                "\n\n\ta\r\n",
                "½ kg, ٣ mg, 12３4",
                "it's we'll 'S",
                "日本語のテキスト",
                "👩‍👩‍👧 e\u0301",
                "a\u00a0b")) {
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        }
    }

    private static String randomText(Random random) {
        int[][] ranges = {
            {' ', '~'}, {'a', 'z'}, {'0', '9'}, {'\t', '\r'}, {0xa0, 0x2fff}, {0x3000, 0xd7ff}, {0x10000, 0x1ffff}
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            int[] range = ranges[random.nextInt(ranges.length)];
            text.appendCodePoint(range[0] + random.nextInt(range[1] - range[0] + 1));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void textsOfKnownWordsComeBackFromWords(boolean singleDigits) throws Exception {
        TextTokenizer tokenizer = trained(Kind.WORDS, 2000, singleDigits, DOSES);

        assertThat(DOSES.stream().flatMap(List::stream))
                .allSatisfy(text ->
                        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text));
        assertThat(tokenizer.encode("The dog weighs 12 kg.")).hasSize(singleDigits ? 7 : 6);
        assertThat(tokenizer.decode(tokenizer.encode("dog   dog\n\n  kg"))).isEqualTo("dog   dog\n\n  kg");
        assertThat(tokenizer.knows("dog")).isTrue();
        assertThat(tokenizer.knows("zebra")).isFalse();
    }

    @Test
    void wordsOfEveryScriptStayWhole() throws Exception {
        TextTokenizer tokenizer = trained(Kind.WORDS, 512, true, List.of(List.of("Größe naïve собака नमस्ते")));

        assertThat(tokenizer.encode("Größe naïve собака नमस्ते")).hasSize(4);
        assertThat(tokenizer.knows("собака")).isTrue();
    }

    /** In "hug" x 10, "pug" x 5, "pun" x 12, "bun" x 4, "hugs" x 5: u+g 20, u+n 16, h+ug 15, then p+un 12. */
    @Test
    void mergesWhatIsMostFrequent() throws Exception {
        BytePairs pairs =
                new BytePairs(List.of("<eos>"), Map.of("hug", 10L, "pug", 5L, "pun", 12L, "bun", 4L, "hugs", 5L));

        pairs.learn(261, Progress.silent());

        assertThat(pairs.merges())
                .containsExactly(List.of("u", "g"), List.of("u", "n"), List.of("h", "ug"), List.of("p", "un"));
        assertThat(pairs.vocabulary()).hasSize(261).endsWith("ug", "un", "hug", "pun");
    }

    /**
     * a+a stands 3 times in "aaaa", and twice merged leaves aa+aa; b+c and c+b are alike, so the smaller goes first.
     */
    @Test
    void repeatedAndEquallyFrequentPairsAreMergedInOrder() throws Exception {
        BytePairs pairs = new BytePairs(List.of(), Map.of("aaaa", 2L, "bc", 3L, "cb", 3L));

        pairs.learn(1000, Progress.silent());

        assertThat(pairs.merges())
                .containsExactly(List.of("a", "a"), List.of("b", "c"), List.of("c", "b"), List.of("aa", "aa"));
    }

    @Test
    void pairsThatStandOnceAreNotLearned() throws Exception {
        BytePairs pairs = new BytePairs(List.of(), Map.of("xyz", 1L));

        pairs.learn(1000, Progress.silent());

        assertThat(pairs.merges()).isEmpty();
        assertThat(pairs.vocabulary()).hasSize(256).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theSameTextsInAnyOrderMakeTheSameTokenizer(Kind kind) throws Exception {
        trained(kind, 400, true, DOSES);
        byte[] first = Files.readAllBytes(folder.resolve("tokenizer.json"));
        List<List<String>> shuffled = new ArrayList<>(DOSES);
        Collections.shuffle(shuffled, new Random(1));

        trained(kind, 400, true, shuffled);

        assertThat(Files.readAllBytes(folder.resolve("tokenizer.json"))).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"BPE, 300, true", "BPE, 512, false", "WORDS, 300, true", "WORDS, 310, false"})
    void theVocabularyKeepsItsBound(Kind kind, int size, boolean singleDigits) throws Exception {
        List<List<String>> many = Stream.concat(
                        DOSES.stream(),
                        new Random(5)
                                .ints(4000, 0, 500)
                                .mapToObj(i -> List.of("name" + (char) ('a' + i % 26) + Integer.toString(i, 36))))
                .toList();

        TextTokenizer tokenizer = trained(kind, size, singleDigits, many);

        assertThat(tokenizer.vocabSize()).isLessThanOrEqualTo(size).isGreaterThan(size - 10);
        assertThat(tokenizer.eosId()).isZero();
        assertThat(tokenizer.padId()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void promptsAreKnownAndShort(Kind kind) throws Exception {
        TextTokenizer tokenizer = trained(kind, 1000, true, DOSES);
        PromptFormat format = PromptFormat.general();
        String question = DOSES.get(7).get(0);

        int asked = tokenizer.encode(format.render(question, List.of(), List.of())).length;

        // "Reason step by step and end with "The answer is" and the answer." has 16 words and marks, and lines
        assertThat(asked - tokenizer.encode(question).length).isLessThan(22);
        for (PromptFormat any : List.of(format, PromptFormat.compact())) {
            for (String text : List.of(
                    any.render("The dog", List.of("Dogs get 5 mg"), List.of("The cat", "Dogs")),
                    any.verify() + " " + any.right() + " " + any.wrong() + " " + any.solution())) {
                assertThat(text.split("\\s+"))
                        .allSatisfy(word ->
                                assertThat(tokenizer.knows(word)).as(word).isTrue());
                assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            }
        }
    }

    @Test
    void digitsAreSingleOrNot() throws Exception {
        List<List<String>> years = Collections.nCopies(50, List.of("2024 2024"));

        assertThat(trained(Kind.BPE, 512, true, years).encode("2024")).hasSize(4);
        assertThat(trained(Kind.BPE, 512, false, years).encode("2024")).hasSize(1);
    }

    @Test
    void wordsWithoutAPlaceAreNamed() throws Exception {
        List<List<String>> rows = new ArrayList<>(DOSES);
        rows.add(List.of(String.join(
                " ",
                IntStream.range(0, 400)
                        .mapToObj(i -> "w" + (char) ('a' + i / 26) + (char) ('a' + i % 26))
                        .toList())));

        String warning = warning(folder, 300, rows).orElseThrow();

        assertThat(warning).contains("% of the words of the texts, such as 'w", "vocabulary of 300 entries", "BPE");
        int enough = Integer.parseInt(warning.replaceAll("(?s).*vocabulary size to (\\d+).*", "$1"));
        assertThat(warning(folder, enough, rows)).isEmpty();
        assertThat(warning(folder, enough - 1, rows)).isPresent();
    }

    @Test
    void longAndStrangeTextsAreNoTrouble() throws Exception {
        String letters = "ab".repeat(50_000);
        TextTokenizer tokenizer =
                trained(Kind.BPE, 320, true, List.of(List.of(letters, " ".repeat(5000), "\ud800 lone", "", "\u0000")));

        assertThat(tokenizer.decode(tokenizer.encode(letters.substring(0, 5001))))
                .isEqualTo(letters.substring(0, 5001));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void textsThatAreAllEmptyAreRefused(Kind kind) {
        assertThatThrownBy(() -> trained(kind, 512, true, List.of(List.of("", " "), List.of())))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no text");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 299, 32_001})
    void sizesOutOfRangeAreRefused(int size) {
        assertThatThrownBy(() -> new TokenizerTrainer(Kind.BPE, size, true))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("300 to 32000");
    }
}
