package org.realm4knime.engine.route;

import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.generate.TextGenerator;
import org.realm4knime.engine.generate.Written;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;

/**
 * Where routes come from.
 *
 * @param name shown in the routes' {@code source} column; unique within one rollout
 * @param generator what to ask; stays open and is closed by its owner
 */
public record RouteSource(String name, TextGenerator generator) {

    /**
     * Answers every problem several times.
     *
     * @param problems problems to answer
     * @param rules domain rules put into each prompt they apply to
     * @param samples texts for each problem
     * @param sampling how to sample
     * @param batchSize sequences generated at once
     * @param progress told of every batch
     * @return for each problem its texts
     * @throws CanceledJobException when {@code progress} was cancelled
     */
    List<List<Written>> complete(
            List<Problem> problems,
            List<Rule> rules,
            int samples,
            SamplingSettings sampling,
            int batchSize,
            Progress progress)
            throws CanceledJobException {
        List<String> prompts = progress.each(
                problems, problem -> generator.prompt(problem.question(), Rule.textsFor(problem, rules), List.of()));
        return generator.generate(prompts, samples, sampling, batchSize, progress);
    }
}
