package org.realm4knime.engine.distill;

import org.realm4knime.engine.train.SupervisedSettings;

/**
 * How guided distillation draws, filters and trains.
 *
 * @param rationalesPerProblem rationales the teacher draws for each problem, at least 1
 * @param maxNewTokens longest rationale in tokens
 * @param temperature the teacher's sampling temperature
 * @param requireRuleCitation drop rationales that cite no rule although one applies to the problem
 * @param batchSize sequences generated at once
 * @param training the student's training
 * @param seed the same seed gives the same rationales
 */
public record DistillationSettings(
        int rationalesPerProblem,
        int maxNewTokens,
        double temperature,
        boolean requireRuleCitation,
        int batchSize,
        SupervisedSettings training,
        long seed) {}
