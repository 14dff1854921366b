package org.realm4knime.engine.generate;

import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.PromptFormat;

/**
 * A model of this machine as one that answers questions, here or on the machines that work is spread over.
 *
 * @param model the model; closed with this
 */
public record LocalGenerator(LanguageModel model) implements TextGenerator {

    @Override
    public PromptFormat promptFormat() {
        return model.promptFormat();
    }

    @Override
    public String prompt(String question, List<String> rules, List<String> routes) {
        return model.prompt(question, rules, routes);
    }

    @Override
    public List<List<Written>> generate(
            List<String> prompts, int samplesPerPrompt, SamplingSettings settings, int batchSize, Progress progress)
            throws CanceledJobException {
        return Writers.generate(model, batchSize, prompts, samplesPerPrompt, settings, progress).stream()
                .map(samples -> samples.stream().map(Written::of).toList())
                .toList();
    }

    @Override
    public void close() {
        model.close();
    }
}
