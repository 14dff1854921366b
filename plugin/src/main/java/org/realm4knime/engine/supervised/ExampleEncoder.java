package org.realm4knime.engine.supervised;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.train.TrainingHistory;
import org.realm4knime.engine.train.UnknownWords;

/** Turns examples into tokens, and warns of those that cannot be learned. */
final class ExampleEncoder {

    private final LanguageModel model;
    private final TrainingHistory history;

    /**
     * An encoder.
     *
     * @param model reads the prompts and learns the completions
     * @param history gets the warnings
     */
    ExampleEncoder(LanguageModel model, TrainingHistory history) {
        this.model = model;
        this.history = history;
    }

    /**
     * Encodes examples.
     *
     * @param examples the examples
     * @param distribution teacher, with a prompt for each of them; null for none
     * @param what what the examples are called, in the plural
     * @param progress asked before each whether to stop
     * @return those that fit the model
     * @throws CanceledJobException if canceled
     */
    List<EncodedExample> encode(
            List<SupervisedExample> examples,
            @Nullable TeacherDistribution distribution,
            String what,
            Progress progress)
            throws CanceledJobException {
        UnknownWords.warning(
                        model,
                        what,
                        examples.stream().flatMap(example -> Stream.of(example.prompt(), example.completion())),
                        progress)
                .ifPresent(history::warn);
        TextTokenizer tokenizer = model.tokenizer();
        int longest = model.config().maxPositions();
        List<EncodedExample> encoded = new ArrayList<>();
        int untaught = 0;
        for (int i = 0; i < examples.size(); i++) {
            progress.checkCanceled();
            SupervisedExample example = examples.get(i);
            int[] prompt = tokenizer.encode(tokenizer.chatPrompt(example.prompt()));
            int[] completion = tokenizer.encodeCompletion(example.completion());
            int read = completion.length - 1; // the end is only predicted
            if (prompt.length > 0 && prompt.length + read <= longest) {
                int @Nullable [] teacherPrompt = distribution == null ? null : distribution.prompt(i, read);
                untaught += distribution != null && teacherPrompt == null ? 1 : 0;
                encoded.add(new EncodedExample(prompt, completion, example.weight(), teacherPrompt));
            }
        }
        if (untaught > 0) {
            history.warn(("%d of %d %s were learned without the teacher's distributions: too long for the teacher, or"
                            + " its prompt is empty.")
                    .formatted(untaught, examples.size(), what));
        }
        int left = examples.size() - encoded.size();
        if (left > 0) {
            history.warn(("%d of %d %s were left out: their prompt is empty, or they are longer than the %d tokens that"
                            + " %s reads.")
                    .formatted(left, examples.size(), what, longest, model.name()));
        }
        return encoded;
    }
}
