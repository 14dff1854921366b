package org.realm4knime.engine.train;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.train.RandomStreams.Purpose;

/**
 * Supervised training: cross-entropy on completions only, the mean over the tokens of a batch, each weighted as its
 * example. Batches visit every example once an epoch, in an order drawn from the seed; replayed examples have their own
 * order. The same seed gives the same weights, bit for bit on the same machine and thread count, interrupted or not.
 */
public final class SupervisedTrainer {

    /** An example; the prompt of the teacher is null where no distributions are learned. */
    private record Tokens(int[] prompt, int[] completion, double weight, int[] teacherPrompt) {

        int length() {
            return prompt.length + completion.length - 1;
        }

        int teacherLength() {
            return teacherPrompt == null ? 0 : teacherPrompt.length + completion.length - 1;
        }
    }

    private final ModelUpdater updater;
    private final TeacherStates teacher;
    private final SupervisedSettings settings;
    private final List<Tokens> examples;
    private final List<Tokens> replay;
    private final ShuffledEpochs order;
    private final ShuffledEpochs replayOrder;
    private final int replayed;

    private SupervisedTrainer(
            ModelUpdater updater,
            TeacherStates teacher,
            SupervisedSettings settings,
            List<Tokens> examples,
            List<Tokens> replay) {
        this.updater = updater;
        this.teacher = teacher;
        this.settings = settings;
        this.examples = examples;
        this.replay = replay;
        order = new ShuffledEpochs(examples.size(), settings.seed(), Purpose.ORDER);
        replayOrder = new ShuffledEpochs(Math.max(1, replay.size()), settings.seed(), Purpose.REPLAY_ORDER);
        // at least one example of a batch is always new
        int share = (int) Math.round(settings.replayShare() * settings.batchSize());
        replayed = replay.isEmpty() ? 0 : Math.min(share, settings.batchSize() - 1);
    }

    /**
     * Trains a model on examples.
     *
     * @param model changed in place; on cancellation or error it is left as the last step left it
     * @param examples what to learn, at least one; those too long for the model are left out with a warning
     * @param replay earlier examples that fill a share of every batch, so that they are not forgotten; may be empty
     * @param settings steps, batch, optimizer, seed and checkpoints
     * @param progress told after every step, asked between micro-batches whether to stop
     * @return log and warnings
     * @throws CanceledJobException if canceled; the checkpoint folder then holds the state to go on from
     * @throws EngineException if no example is left, a checkpoint is damaged, or the loss is no finite number
     */
    public static TrainingResult train(
            LanguageModel model,
            List<SupervisedExample> examples,
            List<SupervisedExample> replay,
            SupervisedSettings settings,
            Progress progress)
            throws CanceledJobException {
        return train(model, examples, replay, null, settings, progress);
    }

    /**
     * Trains a model on examples, and on a teacher's distributions of their tokens.
     *
     * @param distribution the teacher, with a prompt for every example; null for none. Where teacher's prompt and completion are
     *     too long for it, the example is learned without it, with a warning
     * @throws EngineException also if the teacher's tokens are not those of the model
     * @see #train(LanguageModel, List, List, SupervisedSettings, Progress)
     */
    public static TrainingResult train(
            LanguageModel model,
            List<SupervisedExample> examples,
            List<SupervisedExample> replay,
            TeacherDistribution distribution,
            SupervisedSettings settings,
            Progress progress)
            throws CanceledJobException {
        if (distribution != null) {
            distribution.requireFor(model, examples.size());
        }
        TrainingHistory history = new TrainingHistory();
        List<Tokens> encoded = encode(model, examples, distribution, "training examples", history);
        List<Tokens> encodedReplay = encode(model, replay, null, "replayed examples", history);
        if (encoded.isEmpty()) {
            throw new EngineException("There is no training example%s. Give a table with at least one row."
                    .formatted(examples.isEmpty() ? "" : " that fits the model"));
        }
        history.warnings().forEach(warning -> progress.report(0, warning));
        CheckpointStore checkpoints = new CheckpointStore(
                settings.checkpointFolder(), fingerprint(model, examples, replay, distribution, settings));
        int teacherReads =
                encoded.stream().mapToInt(Tokens::teacherLength).max().orElseThrow();
        // before anything is restored or trained: a model that is its own teacher teaches as it is now
        try (TeacherStates teacher = teacherReads == 0 ? null : new TeacherStates(distribution, model, teacherReads);
                ModelUpdater updater = updater(
                        model,
                        settings,
                        Stream.concat(encoded.stream(), encodedReplay.stream()).toList(),
                        teacher,
                        history,
                        progress)) {
            checkpoints.restore(updater, history);
            SupervisedTrainer trainer = new SupervisedTrainer(updater, teacher, settings, encoded, encodedReplay);
            new TrainingLoop(updater, history, checkpoints, settings.checkpointEvery(), settings.steps())
                    .run(trainer::step, progress);
        }
        return history.result();
    }

    private static ModelUpdater updater(
            LanguageModel model,
            SupervisedSettings settings,
            List<Tokens> learned,
            TeacherStates teacher,
            TrainingHistory history,
            Progress progress) {
        Trainables trainables = ModelUpdater.trainables(model, settings.lora(), settings.seed());
        IntSummaryStatistics lengths = learned.stream().mapToInt(Tokens::length).summaryStatistics();
        long prompts = learned.stream()
                .map(example -> IntBuffer.wrap(example.prompt()))
                .distinct()
                .count();
        MemoryEstimate.Work work = new MemoryEstimate.Work(
                trainables.size(),
                teacher == null ? 0 : teacher.copies(),
                lengths.getMin(),
                lengths.getMax(),
                settings.batchSize(),
                prompts < learned.size(),
                false,
                teacher == null ? null : teacher.reader());
        return ModelUpdater.withinMemory(
                trainables, settings.optimizer(), settings.microBatchSize(), work, history, progress);
    }

    private LogRow step(int step, Progress progress) throws CanceledJobException {
        long start = System.nanoTime();
        List<TrainingSequence> batch = batch(step);
        double learningRate = LearningRate.at(settings.optimizer(), step, settings.steps());
        StepFigures figures = updater.distilled(batch, teacher, learningRate, progress);
        double seconds = (System.nanoTime() - start) / 1e9;
        long tokens = batch.stream().mapToLong(TrainingSequence::inputLength).sum();
        double completionLength = figures.tokens() / (double) batch.size();
        return LogRows.supervised(step, figures, learningRate, completionLength, tokens / seconds);
    }

    private List<TrainingSequence> batch(int step) {
        List<Tokens> drawn = new ArrayList<>();
        int fresh = settings.batchSize() - replayed;
        for (int i = 0; i < fresh; i++) {
            drawn.add(examples.get(order.at((step - 1L) * fresh + i)));
        }
        for (int i = 0; i < replayed; i++) {
            drawn.add(replay.get(replayOrder.at((step - 1L) * replayed + i)));
        }
        double total = drawn.stream()
                .mapToDouble(example -> example.weight() * example.completion().length)
                .sum();
        return drawn.stream()
                .map(example -> TrainingSequence.taught(
                        example.prompt(), example.completion(), example.weight() / total, example.teacherPrompt()))
                .toList();
    }

    private static List<Tokens> encode(
            LanguageModel model,
            List<SupervisedExample> examples,
            TeacherDistribution distribution,
            String what,
            TrainingHistory history) {
        TextTokenizer tokenizer = model.tokenizer();
        int longest = model.config().maxPositions();
        List<Tokens> encoded = new ArrayList<>();
        UnknownWords.warning(
                        model,
                        what,
                        examples.stream().flatMap(example -> Stream.of(example.prompt(), example.completion())))
                .ifPresent(history::warn);
        int untaught = 0;
        for (int i = 0; i < examples.size(); i++) {
            SupervisedExample example = examples.get(i);
            int[] prompt = tokenizer.encode(tokenizer.chatPrompt(example.prompt()));
            int[] completion = tokenizer.encodeCompletion(example.completion());
            int read = completion.length - 1; // the end is only predicted
            if (prompt.length > 0 && prompt.length + read <= longest) {
                int[] teacherPrompt = distribution == null ? null : distribution.prompt(i, read);
                untaught += distribution != null && teacherPrompt == null ? 1 : 0;
                encoded.add(new Tokens(prompt, completion, example.weight(), teacherPrompt));
            }
        }
        if (untaught > 0) {
            history.warn(
                    "%d of %d %s were learned without the teacher's distributions: too long for the teacher, or its prompt is empty."
                            .formatted(untaught, examples.size(), what));
        }
        int left = examples.size() - encoded.size();
        if (left > 0) {
            history.warn(
                    "%d of %d %s were left out: their prompt is empty, or they are longer than the %d tokens that %s reads."
                            .formatted(left, examples.size(), what, longest, model.name()));
        }
        return encoded;
    }

    private static String fingerprint(
            LanguageModel model,
            List<SupervisedExample> examples,
            List<SupervisedExample> replay,
            TeacherDistribution distribution,
            SupervisedSettings s) {
        Fingerprint fingerprint = new Fingerprint()
                .add("supervised 2")
                .add(new SupervisedSettings(
                        s.steps(),
                        s.batchSize(),
                        s.microBatchSize(),
                        s.optimizer(),
                        s.lora(),
                        s.replayShare(),
                        s.seed(),
                        null,
                        0))
                .addAll(examples)
                .addAll(replay)
                .add(model);
        if (distribution != null) {
            fingerprint.add(distribution.share()).addAll(distribution.prompts()).add(distribution.teacher());
        }
        return fingerprint.hex();
    }
}
