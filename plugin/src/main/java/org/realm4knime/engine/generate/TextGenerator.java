package org.realm4knime.engine.generate;

import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.PromptFormat;

/** What answers questions: a model of this machine, or one behind an endpoint. It can be asked, and not be trained. */
public interface TextGenerator extends AutoCloseable {

    /** How questions, rules and routes become a prompt, and with which words an answer judges routes. */
    PromptFormat promptFormat();

    /**
     * The prompt of a question, to be given to {@link #generate}.
     *
     * @param question the question
     * @param rules texts of the rules to show, may be empty
     * @param routes texts of the routes to show, may be empty
     */
    String prompt(String question, List<String> rules, List<String> routes);

    /**
     * Answers prompts.
     *
     * @param prompts texts as {@link #prompt} makes them
     * @param samplesPerPrompt number of texts for each prompt, at least 1
     * @param settings how to draw
     * @param batchSize sequences that a model of this machine computes together, at least 1
     * @param progress told of the share that is written
     * @return for each prompt, in order, its texts; one that could not be had says why
     * @throws EngineException if no answer can be had, whatever is asked
     * @throws CanceledJobException if the job was canceled
     */
    List<List<Written>> generate(
            List<String> prompts, int samplesPerPrompt, SamplingSettings settings, int batchSize, Progress progress)
            throws CanceledJobException;

    /** Gives back what it holds. */
    @Override
    void close();
}
