package org.realm4knime.engine.grpo;

import org.jspecify.annotations.Nullable;
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
     * @param logProbs log-probability of each token when it was sampled, as the training computes it
     * @param samplerLogProbs the same as the server that sampled it tells; null if it was sampled here
     */
    record Sampled(
            int[] prompt,
            int[] tokens,
            float[] logProbs,
            float @Nullable [] samplerLogProbs,
            String text,
            boolean truncated)
            implements Rollout {

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
                    null,
                    completion.text(),
                    completion.truncated());
        }

        /** The same, sampled by a server that told the log-probabilities; those of the training are others. */
        Sampled byServer(float[] ofTraining) {
            return new Sampled(prompt, tokens, ofTraining, logProbs, text, truncated);
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
