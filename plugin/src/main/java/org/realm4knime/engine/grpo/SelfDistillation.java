package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.update.RandomStreams;
import org.realm4knime.engine.update.RandomStreams.Purpose;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.TrainingWorker;

/**
 * Internalises by on-policy self-distillation (SDFT, arXiv 2601.19897; OPSD, 2601.18734): the model answers the prompt
 * without help, and then says, with the help in view, how likely it finds every token in the place of each of that
 * answer's. With p its distribution without and q with help, w the internalisation weight and h the share of prompts
 * that showed help,
 *
 * <pre>loss = w h mean over the answers' tokens (- sum of q log p);</pre>
 *
 * q is not trained. There is no foreign text to imitate.
 *
 * <p>Ours: where the model learns to judge routes, it reads the right verdicts on them as well. Answers that were cut
 * off, or are too long behind the help, are left out.
 */
final class SelfDistillation implements Internalisation {

    private final TrainingWorker worker;
    private final TextTokenizer tokenizer;
    private final PromptWriter writer;
    private final GrpoSettings settings;
    private final int longest;

    /**
     * Prepares the lessons of a training.
     *
     * @param worker lets the policy answer; its teacher is the policy itself
     * @param longest most tokens that the policy reads with help
     */
    SelfDistillation(
            TrainingWorker worker, TextTokenizer tokenizer, PromptWriter writer, GrpoSettings settings, int longest) {
        this.worker = worker;
        this.tokenizer = tokenizer;
        this.writer = writer;
        this.settings = settings;
        this.longest = longest;
    }

    @Override
    public Lessons of(List<RolloutGroup> groups, int step, Progress progress) throws CanceledJobException {
        List<RolloutGroup> helped = Internalisation.helped(groups);
        List<TrainingSequence> sequences = helped.isEmpty() ? List.of() : answers(helped, step, progress);
        return Lessons.of(sequences, helped.size() / (double) groups.size(), settings);
    }

    private List<TrainingSequence> answers(List<RolloutGroup> helped, int step, Progress progress)
            throws CanceledJobException {
        List<int[]> prompts = helped.stream()
                .map(group -> writer.plain(group.prompt().problem()).tokens())
                .toList();
        SamplingSettings sampling = SamplingSettings.sample(
                settings.rollout().maxNewTokens(),
                settings.rollout().temperature(),
                RandomStreams.seed(settings.run().seed(), Purpose.INTERNALISATION, step));
        int answers = Math.max(1, settings.rollout().groupSize() / 2);
        List<List<Completion>> completions = worker.write(prompts, answers, sampling, progress);
        List<TrainingSequence> sequences = new ArrayList<>();
        for (int i = 0; i < helped.size(); i++) {
            int[] prompt = prompts.get(i);
            int[] ofTeacher = ofTeacher(helped.get(i).prompt());
            completions.get(i).stream()
                    .filter(completion -> !completion.truncated())
                    .map(completion -> completion.drawn(tokenizer.eosId()))
                    .filter(tokens -> ofTeacher.length + tokens.length - 1 <= longest)
                    .forEach(tokens -> sequences.add(
                            TrainingSequence.taught(prompt, tokens, 1).withTeacher(ofTeacher, 1)));
        }
        return sequences;
    }

    /** What the policy reads as its own teacher. */
    private int[] ofTeacher(TrainingPrompt prompt) {
        boolean judges = settings.reward().process() > 0 && prompt.guided();
        return judges ? writer.judged(prompt) : prompt.tokens();
    }
}
