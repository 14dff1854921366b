package org.realm4knime.nodes.modelreader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.supervised.SupervisedTrainerNodeFactory;
import org.realm4knime.nodes.testing.Models;
import org.realm4knime.nodes.testing.NodeRunner;
import org.realm4knime.nodes.testing.Tables;
import org.realm4knime.nodes.testing.WorkflowTest;

/** A new model with a tokenizer of a table's texts. */
class TokenizerOfTextsTest extends WorkflowTest {

    private BufferedDataTable doses() {
        return Tables.of(
                exec,
                List.of("id", "question", "rationale", "answer"),
                IntStream.range(0, 40)
                        .mapToObj(i -> List.of(
                                "Kennung" + i,
                                "The dog weighs " + i + " kg. How much Veramol?",
                                "5 mg per kg: 5 * " + i + " = " + 5 * i + ". The answer is " + 5 * i + ".",
                                5 * i))
                        .toList());
    }

    private NodeRunner.Instance reader() {
        return small(workflow.node(new LanguageModelReaderNodeFactory(), Map.of("Texts", BufferedDataTable.TYPE)));
    }

    private static NodeRunner.Instance small(NodeRunner.Instance reader) {
        return reader.set("source", "NEW")
                .set("name", "own")
                .set("layers", 1)
                .set("hiddenSize", 16)
                .set("heads", 2)
                .set("keyValueHeads", 1)
                .set("intermediateSize", 24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BPE", "WORDS"})
    void theNewModelReadsItsDomainAndCanBeTrained(String kind) throws Exception {
        NodeRunner.Instance reader = reader().set("tokenizerSource", kind).set("vocabularySize", 400);
        LanguageModelPortObject made = reader.result(doses());

        assertThat(reader.message()).isEmpty();
        try (LanguageModel model = Progress.unwatched(made::open)) {
            TextTokenizer tokenizer = model.tokenizer();
            assertThat(model.config().vocabSize())
                    .isEqualTo(tokenizer.vocabSize())
                    .isLessThanOrEqualTo(400);
            assertThat(tokenizer.encode(" Veramol")).hasSize(1);
            assertThat(tokenizer.knows("Kennung")).as("ids are left out").isEqualTo(kind.equals("BPE"));
        }
        NodeRunner.Instance trainer = workflow.node(new SupervisedTrainerNodeFactory(), Map.of())
                .set("steps", 2)
                .set("batchSize", 2);
        LanguageModelPortObject trained = trainer.result(made, doses());
        assertThat(trainer.message()).doesNotContain("unknown");
        assertThat(trained.digest()).isNotEqualTo(made.digest());
    }

    @Test
    void onlyTheChosenColumnsAreRead() throws Exception {
        LanguageModelPortObject made = reader().set("tokenizerSource", "WORDS")
                .set("textColumns", "ID, rationale")
                .result(doses());

        try (LanguageModel model = Progress.unwatched(made::open)) {
            assertThat(model.tokenizer().knows("Kennung")).isTrue();
            assertThat(model.tokenizer().knows("mg")).isTrue();
            assertThat(model.tokenizer().knows("Veramol")).isFalse();
        }
    }

    @Test
    void wordsWithoutAPlaceAreAWarning() throws Exception {
        BufferedDataTable many = Tables.of(
                exec,
                List.of("text"),
                IntStream.range(0, 400)
                        .mapToObj(i -> List.of("w" + (char) ('a' + i / 26) + (char) ('a' + i % 26)))
                        .toList());
        NodeRunner.Instance reader = reader().set("tokenizerSource", "WORDS").set("vocabularySize", 300);

        reader.result(many);

        assertThat(reader.message()).contains("vocabulary of 300 entries", "Set the vocabulary size to");
    }

    @Test
    void whatIsMissingIsSaidBeforeTheRun() throws Exception {
        NodeRunner.Instance alone =
                small(workflow.node(new LanguageModelReaderNodeFactory())).set("tokenizerSource", "BPE");
        assertThat(alone.configure()).isFalse();
        assertThat(alone.message()).contains("no Texts port", "'From a folder'");

        NodeRunner.Instance misnamed = reader().set("tokenizerSource", "BPE").set("textColumns", "question, reason");
        assertThat(misnamed.configure(doses().getSpec())).isFalse();
        assertThat(misnamed.message()).contains("no column 'reason'", "rationale");

        NodeRunner.Instance numbers = reader().set("tokenizerSource", "BPE");
        BufferedDataTable table = Tables.of(exec, List.of("id", "price"), List.of(List.of("a", 2.5)));
        assertThat(numbers.configure(table.getSpec())).isFalse();
        assertThat(numbers.message()).contains("no column of text", "id, price");

        assertThatThrownBy(() -> reader().set("tokenizerSource", "BPE")
                        .set("vocabularySize", 100)
                        .configure(doses().getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("300 to 32000");
    }

    @Test
    void emptyTextsAndUnusedTextsAreSaid() throws Exception {
        NodeRunner.Instance empty = reader().set("tokenizerSource", "BPE");
        assertThat(empty.run(Tables.of(exec, List.of("text"), List.of(List.of(" "), List.of("")))))
                .isFalse();
        assertThat(empty.message()).contains("no text");

        NodeRunner.Instance unused = reader().set("tokenizer", Models.TOKENIZER);
        unused.result(doses());
        assertThat(unused.message()).contains("The texts are not used");
    }

    @Test
    void workflowsFromBeforeTheSettingsTakeTheFolder() throws Exception {
        NodeRunner.Instance old = small(workflow.node(new LanguageModelReaderNodeFactory()))
                .set("tokenizer", Models.TOKENIZER)
                .without("tokenizerSource")
                .without("textColumns")
                .without("vocabularySize")
                .without("singleDigits");

        LanguageModelPortObject made = old.result();

        try (LanguageModel model = Progress.unwatched(made::open)) {
            assertThat(model.tokenizer().vocabSize()).isEqualTo(125);
        }
    }
}
