package org.realm4knime.engine.endpoint;

import org.realm4knime.engine.generate.Written;

/**
 * An answer of a server.
 *
 * @param text the answer
 * @param thought what was thought before it; empty if nothing
 * @param read tokens of the prompt
 * @param written tokens of answer and thought
 * @param truncated whether it met the length limit
 */
record Reply(String text, String thought, long read, long written, boolean truncated) {

    /** For those who do not care where it comes from. */
    Written toWritten() {
        int tokens = (int) Math.min(Integer.MAX_VALUE, written);
        return new Written(text, thought, tokens, tokens, Double.NaN, truncated, null);
    }
}
