package org.realm4knime.engine.update;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What each token of a completion carries into the loss, an entry per token. Which terms count is for the loss of the
 * sequence's {@link UpdatePart} to say: a cross-entropy reads weight and teacher's share, a policy loss all but that
 * share.
 *
 * @param weight factor of the token's loss: what it counts / what the update's loss is divided by; below 0 to unlearn
 *     it
 * @param advantage how much better the completion was than expected
 * @param oldLogProbs natural logarithm of the token's probability when it was sampled; 0 where it was not
 * @param shaping 0 for a token that the policy sampled; gamma above 0 for one of an external text, whose gain is
 *     p / (p + gamma) in place of the probability ratio ({@code loss.py})
 * @param divergence weight of the token's divergence from the reference model; 0 for none
 * @param teacherShare share of a teacher's distribution in the token's cross-entropy, in [0, 1]
 */
public record TokenTerms(
        float[] weight,
        float[] advantage,
        float[] oldLogProbs,
        float[] shaping,
        float[] divergence,
        float[] teacherShare)
        implements Serializable {

    /** Checks that there is an entry for each token. */
    public TokenTerms {
        int tokens = weight.length;
        if (advantage.length != tokens
                || oldLogProbs.length != tokens
                || shaping.length != tokens
                || divergence.length != tokens
                || teacherShare.length != tokens) {
            throw new IllegalArgumentException("terms of %d, %d, %d, %d, %d and %d tokens"
                    .formatted(
                            tokens,
                            advantage.length,
                            oldLogProbs.length,
                            shaping.length,
                            divergence.length,
                            teacherShare.length));
        }
    }

    /** Tokens to learn as they are, all of the same weight. */
    static TokenTerms taught(int tokens, double weight) {
        return new TokenTerms(
                all(tokens, weight),
                all(tokens, 1),
                new float[tokens],
                new float[tokens],
                new float[tokens],
                new float[tokens]);
    }

    /** Tokens that the policy sampled. */
    static TokenTerms sampled(double weight, double advantage, float[] oldLogProbs) {
        int tokens = oldLogProbs.length;
        return new TokenTerms(
                all(tokens, weight),
                all(tokens, advantage),
                oldLogProbs,
                new float[tokens],
                new float[tokens],
                new float[tokens]);
    }

    /** Tokens of an external text among the policy's own. */
    static TokenTerms external(int tokens, double weight, double advantage, double shaping) {
        return new TokenTerms(
                all(tokens, weight),
                all(tokens, advantage),
                new float[tokens],
                all(tokens, shaping),
                new float[tokens],
                new float[tokens]);
    }

    TokenTerms withWeight(double newWeight) {
        return new TokenTerms(all(weight.length, newWeight), advantage, oldLogProbs, shaping, divergence, teacherShare);
    }

    TokenTerms withDivergence(double newWeight) {
        return new TokenTerms(weight, advantage, oldLogProbs, shaping, all(weight.length, newWeight), teacherShare);
    }

    /** With every token's advantage times a factor of its own. */
    TokenTerms withAdvantageTimes(float[] factors) {
        float[] scaled = advantage.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factors[i];
        }
        return new TokenTerms(weight, scaled, oldLogProbs, shaping, divergence, teacherShare);
    }

    TokenTerms withTeacherShare(double share) {
        return new TokenTerms(weight, advantage, oldLogProbs, shaping, divergence, all(weight.length, share));
    }

    private static float[] all(int tokens, double value) {
        float[] values = new float[tokens];
        Arrays.fill(values, (float) value);
        return values;
    }
}
