package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.mrpv.SolutionForm;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.train.RandomStreams.Purpose;

/** Makes what a step internalises: lessons on the prompts without help, from groups whose prompts showed routes or rules. */
final class Internalisation implements AutoCloseable {

    private final TextTokenizer tokenizer;
    private final PromptWriter writer;
    private final Generator generator;
    private final GrpoSettings settings;
    private final TeacherStates teacher;
    private final int longest;

    /**
     * Prepares the lessons of a training.
     *
     * @param policy the model in training; its own teacher
     * @param writer writes prompts
     * @param generator lets the policy answer
     * @param settings weight and kind
     * @param longestPrompt most tokens of a prompt with help
     */
    Internalisation(
            LanguageModel policy, PromptWriter writer, Generator generator, GrpoSettings settings, int longestPrompt) {
        this.writer = writer;
        this.generator = generator;
        this.settings = settings;
        tokenizer = policy.tokenizer();
        // verdicts hardly ever take more tokens than the routes that they are on
        longest = Math.min(policy.config().maxPositions(), 2 * longestPrompt + settings.maxNewTokens());
        boolean distils = settings.internalisationWeight() > 0
                && settings.internalisation() == InternalisationKind.SELF_DISTILLATION;
        teacher = distils ? TeacherStates.live(policy, longest) : null;
    }

    /**
     * The lessons of a step.
     *
     * @param groups all groups of the step
     * @param step number of the step
     * @param progress asked whether to stop
     * @return none if no prompt showed help, or nothing is fit to be taught
     * @throws CanceledJobException if canceled
     */
    Lessons lessons(List<RolloutGroup> groups, int step, Progress progress) throws CanceledJobException {
        List<RolloutGroup> helped =
                groups.stream().filter(group -> group.prompt().helped()).toList();
        if (settings.internalisationWeight() == 0 || helped.isEmpty()) {
            return Lessons.NONE;
        }
        return teacher == null
                ? new Lessons(solutions(helped, PolicySequences.rollouts(groups)), null)
                : new Lessons(distilled(helped, groups.size(), step, progress), teacher);
    }

    /**
     * Right solutions on the problem without help. The loss is the mean over their tokens, times the internalisation weight,
     * times their share among all rollouts of the step, so that few solutions make a small step.
     */
    private List<TrainingSequence> solutions(List<RolloutGroup> helped, int rollouts) {
        List<TrainingSequence> solutions =
                helped.stream().flatMap(this::solutions).toList();
        return scaled(solutions, solutions.size() / (double) rollouts);
    }

    private Stream<TrainingSequence> solutions(RolloutGroup group) {
        int[] prompt = tokenizer.encode(writer.plain(group.prompt().problem()));
        return IntStream.range(0, group.size())
                .filter(i -> group.rewards().get(i).right())
                .mapToObj(i -> group.rewards().get(i).solution())
                .filter(solution -> settings.taught().acceptsSteps(solution)
                        && SolutionForm.teachable(
                                writer.format(),
                                group.prompt().problem(),
                                group.prompt().shown(),
                                solution))
                .map(solution -> TrainingSequence.supervised(prompt, tokenizer.encodeCompletion(solution), 1));
    }

    /**
     * Own answers to the problem without help, each with what the model reads as its own teacher: the prompt with help and,
     * where it learns to judge routes, the right verdicts on them. The loss is the mean over their tokens, times the
     * internalisation weight, times the share of helped prompts.
     */
    private List<TrainingSequence> distilled(List<RolloutGroup> helped, int groups, int step, Progress progress)
            throws CanceledJobException {
        List<String> prompts = helped.stream()
                .map(group -> writer.plain(group.prompt().problem()))
                .toList();
        SamplingSettings sampling = SamplingSettings.sample(
                settings.maxNewTokens(),
                settings.temperature(),
                RandomStreams.seed(settings.seed(), Purpose.INTERNALISATION, step));
        int answers = Math.max(1, settings.groupSize() / 2);
        List<List<Completion>> completions = generator.generate(prompts, answers, sampling, progress);
        List<TrainingSequence> sequences = new ArrayList<>();
        for (int i = 0; i < helped.size(); i++) {
            int[] prompt = tokenizer.encode(prompts.get(i));
            int[] ofTeacher = tokenizer.encode(helped.get(i).prompt().text() + verdicts(helped.get(i)));
            completions.get(i).stream()
                    .filter(completion -> !completion.truncated())
                    .map(completion -> completion.drawn(tokenizer.eosId()))
                    .filter(tokens -> ofTeacher.length + tokens.length - 1 <= longest)
                    .forEach(tokens -> sequences.add(TrainingSequence.taught(prompt, tokens, 1, ofTeacher)));
        }
        return scaled(sequences, helped.size() / (double) groups);
    }

    private String verdicts(RolloutGroup group) {
        boolean judges = settings.processWeight() > 0 && group.prompt().guided();
        return judges ? Verification.target(writer.format(), group.prompt().shown(), "") : "";
    }

    private List<TrainingSequence> scaled(List<TrainingSequence> sequences, double share) {
        double tokens = sequences.stream().mapToInt(s -> s.completion().length).sum();
        double rate =
                settings.internalisationLearningRate() / settings.optimizer().learningRate();
        double scale = settings.internalisationWeight() * rate * share / tokens;
        return sequences.stream().map(s -> s.scaled(scale)).toList();
    }

    @Override
    public void close() {
        if (teacher != null) {
            teacher.close();
        }
    }
}
