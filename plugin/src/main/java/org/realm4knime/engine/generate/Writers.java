package org.realm4knime.engine.generate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.ModelParcel;
import org.realm4knime.engine.spread.Machines;
import org.realm4knime.engine.spread.Spread;

/** Lets a model complete prompts where the work is done: in this process, or on machines, each with a share of them. */
public final class Writers {

    /** Batches of a part: enough that refilled places stay busy, few enough that a lost part is soon done again. */
    private static final int BATCHES_OF_A_PART = 4;

    /** Models that machines keep for the next question. */
    private static final int MOST_SHARED = 3;

    private static final Set<String> SHARED = new LinkedHashSet<>();

    private Writers() {}

    /**
     * Completes prompts, each as it would be completed in this process: its random numbers are its own.
     *
     * @param model the model; must stay open and must not be trained meanwhile
     * @param batchSize rows that are computed together
     * @see Generator#generate
     */
    public static List<List<Completion>> generate(
            LanguageModel model,
            int batchSize,
            List<String> prompts,
            int samplesPerPrompt,
            SamplingSettings settings,
            Progress progress)
            throws CanceledJobException {
        Optional<Machines> machines = Spread.machines().filter(there -> prompts.size() > 1);
        if (machines.isEmpty()) {
            return new Generator(model, batchSize).generate(prompts, samplesPerPrompt, settings, progress);
        }
        ModelParcel parcel = share(machines.get(), model, progress);
        List<int[]> tokens = progress.each(prompts, model.tokenizer()::encode);
        int[] cuts = cuts(machines.get(), prompts.size(), samplesPerPrompt, batchSize);
        List<WritingTask> tasks = IntStream.range(0, cuts.length - 1)
                .mapToObj(i -> new WritingTask(
                        parcel, tokens.subList(cuts[i], cuts[i + 1]), cuts[i], samplesPerPrompt, settings, batchSize))
                .toList();
        List<List<Completion>> all = new ArrayList<>(prompts.size());
        Spread.run(machines.get(), tasks, List.of(parcel.name()), progress)
                .forEach(texts -> all.addAll(texts.ofPrompts()));
        return all;
    }

    /**
     * How prompts are shared out: to every machine at least one, if there are enough, and in parts of a few batches at
     * most.
     *
     * @see Spread#cuts
     */
    public static int[] cuts(Machines machines, int prompts, int samplesPerPrompt, int batchSize) {
        long rows = (long) prompts * samplesPerPrompt;
        long ofAPart = (long) BATCHES_OF_A_PART * batchSize;
        return Spread.cuts(prompts, (int) Math.max(machines.places(), (rows + ofAPart - 1) / ofAPart));
    }

    private static synchronized ModelParcel share(Machines machines, LanguageModel model, Progress progress)
            throws CanceledJobException {
        ModelParcel parcel = ModelParcel.share(machines, model, "asked", progress);
        SHARED.remove(parcel.name());
        SHARED.add(parcel.name());
        Iterator<String> eldest = SHARED.iterator();
        while (SHARED.size() > MOST_SHARED) {
            machines.forget(eldest.next());
            eldest.remove();
        }
        return parcel;
    }
}
