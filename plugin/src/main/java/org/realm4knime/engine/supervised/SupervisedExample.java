package org.realm4knime.engine.supervised;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.realm4knime.engine.Settings;
import org.realm4knime.engine.model.PromptFormat;

/**
 * What supervised training teaches: the completion that should follow a prompt.
 *
 * @param prompt the user message, already rendered by the model's prompt format (see {@link #asked}); the trainer
 *     applies the model's chat template to it, if it has one
 * @param completion the text to be learned; the trainer adds the token that ends a completion, unless the text ends
 *     with one
 * @param weight how much the example counts against the others, above 0; 1 is ordinary
 */
public record SupervisedExample(String prompt, String completion, double weight) {

    /** Checks the values. */
    public SupervisedExample {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(completion, "completion");
        Settings.require(
                weight > 0 && Double.isFinite(weight), "The weight of a training example", weight, "a number above 0");
    }

    /**
     * An example of ordinary weight.
     *
     * @param prompt the user message
     * @param completion the text to be learned
     * @return the example with weight 1
     */
    public static SupervisedExample of(String prompt, String completion) {
        return new SupervisedExample(prompt, completion, 1);
    }

    /** The example with its prompts as the model will be asked, see {@link PromptFormat#asked(String, List)}. */
    public Stream<SupervisedExample> asked(PromptFormat format, List<String> rules) {
        return format.asked(prompt, rules).stream().map(asked -> new SupervisedExample(asked, completion, weight));
    }
}
