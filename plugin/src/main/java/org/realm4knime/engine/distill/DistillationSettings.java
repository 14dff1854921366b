package org.realm4knime.engine.distill;

import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.mrpv.Positives;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.supervised.ExampleKind;
import org.realm4knime.engine.supervised.SupervisedSettings;

/**
 * How guided distillation draws, filters and trains.
 *
 * @param rationalesPerProblem rationales the teacher draws for each problem, at least 1
 * @param sampling how the teacher's tokens are drawn
 * @param requireRuleCitation drop rationales that cite no rule although one applies to the problem
 * @param accepted which rationales with a right answer are kept: all, or only those of sound reasoning
 * @param hint what the teacher is told, after the rules, in a second try at problems of which no rationale was
 *     accepted, with {@value #ANSWER} for the reference answer (rationalization, STaR, Zelikman et al., 2022); blank
 *     for no second try
 * @param askWithRoutes where a problem has routes, draw as many rationales again with routes beside the rules: a
 *     teacher that is good at telling right routes from wrong ones solves more with them
 * @param taught what the student learns a rationale as: as the answer to the question alone
 *     ({@link ExampleKind#ROUTE_ALONE}), or also, where the problem has routes, as the solution to a prompt that shows
 *     them
 * @param routesShown the most routes a prompt shows, at least 1
 * @param learnRoutes whether the student learns right external routes too, as rationales that no teacher had to write:
 *     they pass the same checks, and answer problems that the teacher misses
 * @param distributionShare share of the loss that is against the teacher's distribution of each token, given the rules,
 *     instead of against the token alone, in [0, 1]; above 0 needs a teacher with the student's tokens
 * @param batchSize sequences generated at once
 * @param training the student's training
 */
public record DistillationSettings(
        int rationalesPerProblem,
        SamplingSettings sampling,
        boolean requireRuleCitation,
        Positives accepted,
        String hint,
        boolean askWithRoutes,
        ExampleKind taught,
        int routesShown,
        boolean learnRoutes,
        double distributionShare,
        int batchSize,
        SupervisedSettings training) {

    /** Stands for the reference answer in a hint. */
    public static final String ANSWER = "{answer}";

    /** Checks the hint, the number of routes and the share. */
    public DistillationSettings {
        if (routesShown < 1) {
            throw new EngineException("The most routes a prompt shows is " + routesShown + ". Give at least 1.");
        }
        if (!(distributionShare >= 0 && distributionShare <= 1)) {
            throw new EngineException(
                    "The share of token distributions is " + distributionShare + ". Give a number from 0 to 1.");
        }
        if (!hint.isBlank() && !hint.contains(ANSWER)) {
            throw new EngineException(
                    "The hint '%s' does not say where the answer goes. Write %s in its place, or leave the hint empty."
                            .formatted(hint, ANSWER));
        }
    }

    /** Whether there is a second try with the answer in the prompt. */
    boolean hints() {
        return !hint.isBlank();
    }

    /** The hint for a problem. */
    String hintFor(Problem problem) {
        return hint.replace(ANSWER, problem.answer());
    }
}
