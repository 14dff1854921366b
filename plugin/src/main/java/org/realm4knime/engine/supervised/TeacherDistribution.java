package org.realm4knime.engine.supervised;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Settings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;

/**
 * A teacher whose distribution over each next token a student learns beside the tokens themselves (Hinton et al.,
 * 2015). The teacher may have read more before the completion than the student, such as rules, which then become part
 * of the student's weights (context distillation, Snell et al., 2022). With p the student's and q the teacher's
 * distribution,
 *
 * <pre>loss of a token = (1 - share) (-log p(token)) + share (- sum of q log p)</pre>
 *
 * @param teacher has the tokenizer of the student; may be the student itself, which then teaches as it was before
 *     training
 * @param share in (0, 1]
 * @param prompts for each example the text that the teacher reads before its completion, in its prompt format and chat
 *     template already, as its generator takes it
 */
public record TeacherDistribution(LanguageModel teacher, double share, List<String> prompts) {

    /** Checks the values. */
    public TeacherDistribution {
        Objects.requireNonNull(teacher, "teacher");
        Settings.require(share > 0 && share <= 1, "The share of token distributions", share, "above 0 and at most 1");
        prompts = List.copyOf(prompts);
    }

    /**
     * Checks that there is a prompt for every example, and that the teacher's distributions are over the student's
     * tokens.
     *
     * @throws EngineException if they are not
     */
    void requireFor(LanguageModel student, int examples) {
        if (prompts.size() != examples) {
            throw new IllegalArgumentException(
                    "%d examples, and %d prompts for the teacher".formatted(examples, prompts.size()));
        }
        TextTokenizer tokenizer = teacher.tokenizer();
        TextTokenizer studentTokenizer = student.tokenizer();
        if (!tokenizer.hasTokensOf(studentTokenizer)) {
            throw unlike("has other tokens than the student %s".formatted(student.name()));
        }
        int tokens = teacher.config().vocabSize();
        int studentTokens = student.config().vocabSize();
        if (tokens != studentTokens) {
            throw unlike("has a vocabulary of %d tokens, and the student %s one of %d"
                    .formatted(tokens, student.name(), studentTokens));
        }
        if (tokenizer.eosId() != studentTokenizer.eosId()) {
            throw unlike("ends a text with token %d, and the student %s with %d"
                    .formatted(tokenizer.eosId(), student.name(), studentTokenizer.eosId()));
        }
    }

    private EngineException unlike(String difference) {
        return new EngineException(
                ("The teacher %s %s, so its token distributions cannot be learned. Set their share to 0, or choose"
                                + " a teacher of the student's family.")
                        .formatted(teacher.name(), difference));
    }

    /**
     * Tokens of what the teacher reads before a completion.
     *
     * @param example number of the example
     * @param completionLength tokens of its completion, the end token not counted
     * @return null if there are too many for the teacher
     */
    int @Nullable [] prompt(int example, int completionLength) {
        TextTokenizer tokenizer = teacher.tokenizer();
        int[] prompt = tokenizer.encode(prompts.get(example));
        boolean fits = prompt.length > 0
                && prompt.length + completionLength <= teacher.config().maxPositions();
        return fits ? prompt : null;
    }
}
