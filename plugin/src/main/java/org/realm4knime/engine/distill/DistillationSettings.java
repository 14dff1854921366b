package org.realm4knime.engine.distill;

import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.mrpv.Positives;
import org.realm4knime.engine.train.SupervisedSettings;

/**
 * How guided distillation draws, filters and trains.
 *
 * @param rationalesPerProblem rationales the teacher draws for each problem, at least 1
 * @param sampling how the teacher's tokens are drawn
 * @param requireRuleCitation drop rationales that cite no rule although one applies to the problem
 * @param accepted which rationales with a right answer are kept: all, or only those of sound reasoning
 * @param batchSize sequences generated at once
 * @param training the student's training
 */
public record DistillationSettings(
        int rationalesPerProblem,
        SamplingSettings sampling,
        boolean requireRuleCitation,
        Positives accepted,
        int batchSize,
        SupervisedSettings training) {}
