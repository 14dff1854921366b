package org.realm4knime.engine.supervised;

import org.jspecify.annotations.Nullable;

/**
 * An example in tokens.
 *
 * @param prompt what the model reads
 * @param completion what it learns, the end token included
 * @param weight how much the example counts against the others
 * @param teacherPrompt what a teacher reads before the same completion; null where no distributions are learned
 */
record EncodedExample(int[] prompt, int[] completion, double weight, int @Nullable [] teacherPrompt) {

    int length() {
        return prompt.length + completion.length - 1;
    }

    int teacherLength() {
        return teacherPrompt == null ? 0 : teacherPrompt.length + completion.length - 1;
    }
}
