package org.realm4knime.engine.grpo;

import org.realm4knime.engine.generate.Completion;

/** A completion of a prompt that is to be judged and learned from, and the tokens of both. */
sealed interface Rollout {

    /** Tokens of the prompt. */
    int[] prompt();

    /** Tokens of the completion, its end of sequence included if it has one. */
    int[] tokens();

    /** The completion as text. */
    String text();

    /** Whether it met the length limit before it ended. */
    boolean truncated();

    /**
     * What the policy wrote.
     *
     * @param logProbs log-probability of each token when it was sampled
     */
    record Sampled(int[] prompt, int[] tokens, float[] logProbs, String text, boolean truncated) implements Rollout {

        /**
         * A completion as its worker gave it.
         *
         * @param prompt tokens of the prompt
         * @param completion the completion
         * @param endToken the token that ended it, where the completion does not say
         */
        static Sampled of(int[] prompt, Completion completion, int endToken) {
            return new Sampled(
                    prompt,
                    completion.drawn(endToken),
                    completion.logProbs(),
                    completion.text(),
                    completion.truncated());
        }
    }

    /** What another source wrote, as if the policy had written it and ended. */
    record External(int[] prompt, int[] tokens, String text) implements Rollout {

        @Override
        public boolean truncated() {
            return false;
        }
    }
}
