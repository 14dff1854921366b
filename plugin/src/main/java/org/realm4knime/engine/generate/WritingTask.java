package org.realm4knime.engine.generate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelParcel;
import org.realm4knime.engine.spread.Task;
import org.realm4knime.engine.spread.Workplace;

/**
 * Some of the prompts of a generation.
 *
 * @param model who completes them
 * @param prompts their tokens
 * @param first index of the first of them among all
 * @param each completions of each
 * @param sampling how to draw
 * @param batchSize rows that are computed together
 */
record WritingTask(
        ModelParcel model, List<int[]> prompts, int first, int each, SamplingSettings sampling, int batchSize)
        implements Task<WritingTask.Texts> {

    /** @param ofPrompts for each prompt, in order, its completions */
    record Texts(List<List<Completion>> ofPrompts) implements Serializable {}

    /** Copies the prompts: a part of a list cannot be sent. */
    WritingTask {
        prompts = new ArrayList<>(prompts);
    }

    @Override
    public Texts run(Workplace at) throws CanceledJobException {
        LanguageModel open = at.kept(model.name(), LanguageModel.class, () -> model.open(at));
        return new Texts(new Generator(open, batchSize).complete(prompts, first, each, sampling, at.progress()));
    }
}
