package org.realm4knime.nodes.table;

import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.nodes.parameters.FirstTable;

/** Which columns of a table of training examples hold what. */
public final class ExampleColumns implements NodeParameters {

    private static final String[] PROMPT_NAMES = {"question", "problem", "instruction", "input"};
    private static final String[] COMPLETION_NAMES = {"rationale", "solution", "response", "answer", "output", "text"};

    @Widget(
            title = "Prompt column",
            description = "The column with what the model is given: questions, or whole prompts as the nodes of this"
                    + " extension write them. See Prompts.")
    @ChoicesProvider(FirstTable.Columns.class)
    String prompt = ExampleTable.PROMPT;

    @Widget(title = "Completion column", description = "The column with what the model learns to write.")
    @ChoicesProvider(FirstTable.Columns.class)
    String completion = ExampleTable.COMPLETION;

    @Widget(
            title = "Weight column",
            description =
                    """
                    The column with how much an example counts; 1 is usual. If it is switched off, or the table has \
                    no column called weight, all examples count the same.""",
            advanced = true)
    @ChoicesProvider(FirstTable.Columns.class)
    Optional<String> weight = Optional.of(ExampleTable.WEIGHT);

    @Widget(
            title = "Prompts",
            description =
                    "Train on what the model will be asked: a question becomes the prompt that the Reasoner, Rollout"
                            + " and Benchmark nodes make of it. A prompt that is complete already, as those of the"
                            + " Route Verifier are, stays as it is. Choose the other for texts that must not be"
                            + " changed.",
            advanced = true)
    @ValueSwitchWidget
    @Migrate(loadDefaultIfAbsent = true)
    Prompts prompts = Prompts.ASKED;

    /** What becomes of the texts in the prompt column. */
    enum Prompts {
        @Label(value = "As they will be asked", description = "Questions are put into the model's prompt format.")
        ASKED,
        @Label(value = "As they are", description = "Nothing is added but the model's chat template.")
        AS_THEY_ARE
    }

    /** Columns with the usual names. */
    public ExampleColumns() {}

    /** Columns guessed from the first table that is connected. */
    public ExampleColumns(NodeParametersInput input) {
        Optional<DataTableSpec> table = FirstTable.spec(input);
        prompt = FirstTable.guess(table, prompt, PROMPT_NAMES);
        completion = FirstTable.guess(table, completion, COMPLETION_NAMES);
        weight = table.isEmpty() || table.get().containsName(ExampleTable.WEIGHT) ? weight : Optional.empty();
    }

    /**
     * The columns for a table: where a usual name was left as it is and the table lacks it, the column that fits best.
     * A table without the usual weight column has none.
     */
    ExampleColumns in(DataTableSpec table) {
        ExampleColumns found = new ExampleColumns();
        found.prompts = prompts;
        Optional<DataTableSpec> spec = Optional.of(table);
        found.prompt = prompt.equals(ExampleTable.PROMPT) ? FirstTable.guess(spec, prompt, PROMPT_NAMES) : prompt;
        found.completion = completion.equals(ExampleTable.COMPLETION)
                ? FirstTable.guess(spec, completion, COMPLETION_NAMES)
                : completion;
        found.weight = weight.filter(name -> !name.equals(ExampleTable.WEIGHT) || table.containsName(name));
        return found;
    }

    /** The examples as the model with this format is to be trained on them. */
    public List<SupervisedExample> askedAs(PromptFormat format, List<SupervisedExample> examples) {
        return askedAs(format, examples, List.of());
    }

    /** As the other; questions are asked with the rules in the prompt besides, if there are any. */
    public List<SupervisedExample> askedAs(PromptFormat format, List<SupervisedExample> examples, List<Rule> rules) {
        List<String> texts = rules.stream().map(Rule::text).toList();
        return prompts == Prompts.AS_THEY_ARE
                ? examples
                : examples.stream()
                        .flatMap(example -> example.asked(format, texts))
                        .toList();
    }

    /**
     * Checks that rules can be shown.
     *
     * @throws InvalidSettingsException if prompts are taken as they are
     */
    public void checkRulesShown() throws InvalidSettingsException {
        if (prompts == Prompts.AS_THEY_ARE) {
            throw new InvalidSettingsException("Rules are connected, but prompts are taken as they are, so that no rule"
                    + " would be shown. Set 'Prompts' to 'As they will be asked', or remove the port Rules.");
        }
    }
}
