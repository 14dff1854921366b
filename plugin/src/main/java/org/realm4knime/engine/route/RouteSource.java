package org.realm4knime.engine.route;

import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;

/** Where routes come from. The name identifies the source in every table. */
public sealed interface RouteSource {

    /** Name shown in the routes' {@code source} column; unique within one rollout. */
    String name();

    /**
     * Answers every problem several times.
     *
     * @param problems problems to answer
     * @param rules domain rules put into each prompt they apply to
     * @param samples completions of each problem
     * @param sampling how to sample
     * @param batchSize sequences generated at once
     * @param progress told of every batch
     * @return for each problem its completions
     * @throws CanceledJobException when {@code progress} was cancelled
     */
    List<List<Completion>> complete(
            List<Problem> problems,
            List<Rule> rules,
            int samples,
            SamplingSettings sampling,
            int batchSize,
            Progress progress)
            throws CanceledJobException;

    /**
     * A model on this machine.
     *
     * @param name name of the source
     * @param model the model; stays open and is closed by its owner
     */
    record LocalRouteSource(String name, LanguageModel model) implements RouteSource {

        @Override
        public List<List<Completion>> complete(
                List<Problem> problems,
                List<Rule> rules,
                int samples,
                SamplingSettings sampling,
                int batchSize,
                Progress progress)
                throws CanceledJobException {
            List<String> prompts = problems.stream()
                    .map(problem -> model.prompt(problem.question(), Rule.textsFor(problem, rules), List.of()))
                    .toList();
            return new Generator(model, batchSize).generate(prompts, samples, sampling, progress);
        }
    }
}
