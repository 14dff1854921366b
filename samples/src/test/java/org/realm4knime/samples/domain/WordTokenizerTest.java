package org.realm4knime.samples.domain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.samples.SampleDomain;
import org.realm4knime.samples.domain.Expert.Fault;

/** The files are read by Hugging Face's own tokenizer, so that nothing here is checked against itself. */
class WordTokenizerTest {

    @TempDir
    private Path folder;

    private static final List<SampleDomain> ALL = List.of(SampleDomain.values());
    private static final List<TrainingText> SAMPLE = SampleDomain.baseCorpus(ALL, 4000, 1);

    private HuggingFaceTokenizer tokenizer;

    @BeforeEach
    void write() throws IOException {
        WordTokenizer.write(folder, SAMPLE);
        tokenizer =
                HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"), Map.of("addSpecialTokens", "false"));
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void everyTextOfTheSampleDomainsComesBackAsItWas() {
        List<String> texts = new ArrayList<>();
        List<TrainingText> corpora = new ArrayList<>(SampleDomain.baseCorpus(ALL, 2000, 22));
        for (SampleDomain domain : SampleDomain.values()) {
            for (Split split : Split.values()) {
                domain.problems(split, 300, 21).stream().map(Problem::question).forEach(texts::add);
            }
            domain.rules().stream().map(Rule::text).forEach(texts::add);
        }
        for (Fault fault : Fault.values()) {
            corpora.addAll(SampleDomain.expertCorpus(ALL, fault, 600, 22));
        }
        for (TrainingText text : corpora) {
            texts.add(text.prompt());
            texts.add(text.completion());
        }
        long unknown = id("<unk>");
        for (String text : texts) {
            long[] ids = tokenizer.encode(text).getIds();
            assertThat(ids).as(text).doesNotContain(unknown);
            assertThat(tokenizer.decode(ids)).isEqualTo(text);
        }
    }

    @Test
    void wordsDigitsAndMarksAreTokensWithTheirSpace() {
        assertThat(tokenizer
                        .encode("12 days ok; electronics 15%; 240 - 36 = 204")
                        .getTokens())
                .containsExactly(
                        "▁1",
                        "2",
                        "▁days",
                        "▁ok",
                        ";",
                        "▁electronics",
                        "▁1",
                        "5",
                        "%",
                        ";",
                        "▁2",
                        "4",
                        "0",
                        "▁-",
                        "▁3",
                        "6",
                        "▁=",
                        "▁2",
                        "0",
                        "4");
    }

    @Test
    void aCompletionContinuesItsPromptAfterASpace() {
        long[] prompt = tokenizer.encode("it is used. :").getIds();
        long[] completion = tokenizer.encode("12 days ok").getIds();
        long[] both = Arrays.copyOf(prompt, prompt.length + completion.length);
        System.arraycopy(completion, 0, both, prompt.length, completion.length);
        assertThat(tokenizer.decode(both)).isEqualTo("it is used. : 12 days ok");
    }

    @Test
    void specialTokensComeFirstAndTheVocabularyIsSmall() {
        assertThat(id("<eos>")).isZero();
        assertThat(id("<pad>")).isEqualTo(1);
        assertThat(WordTokenizer.vocabulary(SAMPLE)).doesNotHaveDuplicates().hasSizeBetween(100, 200);
        assertThat(tokenizer.encode("xylophone").getIds()).containsExactly(id("<unk>"));
    }

    private long id(String token) {
        return WordTokenizer.vocabulary(SAMPLE).indexOf(token);
    }
}
