package org.realm4knime.engine.supervised;

import java.nio.IntBuffer;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.train.Budget;
import org.realm4knime.engine.train.CheckpointStore;
import org.realm4knime.engine.train.Fingerprint;
import org.realm4knime.engine.train.HeldOutFigures;
import org.realm4knime.engine.train.HelpFigures;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.PolicyFigures;
import org.realm4knime.engine.train.RolloutFigures;
import org.realm4knime.engine.train.TrainingHistory;
import org.realm4knime.engine.train.TrainingLoop;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.update.LearningRate;
import org.realm4knime.engine.update.PartFigures;
import org.realm4knime.engine.update.StepBound;
import org.realm4knime.engine.update.StepTaken;
import org.realm4knime.engine.update.Teacher;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.TrainingWorker;
import org.realm4knime.engine.update.TrainingWorkers;
import org.realm4knime.engine.update.UpdatePart;
import org.realm4knime.engine.update.WorkerSettings;
import org.realm4knime.engine.update.Workload;

/**
 * Supervised training: cross-entropy on completions only, the mean over the tokens of a batch, each weighted as its
 * example; see {@link SupervisedSequences}. Batches visit every example once an epoch, in an order drawn from the seed;
 * replayed examples have their own order. The same seed gives the same weights, bit for bit on the same machine and
 * thread count, interrupted or not.
 */
public final class SupervisedTrainer implements TrainingLoop.Step {

    /** What became of SmolLM2-135M-Instruct so, which had learned worked cases before: 64 % right, then 2 %. */
    private static final String VERDICTS_ALONE =
            "All examples begin with verdicts on routes, and no replay examples are connected. A model can forget from"
                    + " this how to answer a question without routes. Connect worked cases as replay examples, or"
                    + " switch on 'Solutions alone too' in the Route Verifier.";

    private final TrainingWorker worker;
    private final SupervisedSequences sequences;
    private final SupervisedSettings settings;

    private final double guess;

    private SupervisedTrainer(
            TrainingWorker worker, SupervisedSequences sequences, SupervisedSettings settings, int vocabulary) {
        guess = Math.log(vocabulary);
        this.worker = worker;
        this.sequences = sequences;
        this.settings = settings;
    }

    /**
     * Trains a model on examples.
     *
     * @param model changed in place; on cancellation or error it is left as the last step left it
     * @param examples what to learn, at least one; those too long for the model are left out with a warning
     * @param replay earlier examples that fill a share of every batch, so that they are not forgotten; may be empty
     * @param settings steps or epochs, batch, optimizer, seed and checkpoints
     * @param progress told after every step, asked between micro-batches whether to stop
     * @return log and warnings
     * @throws CanceledJobException if canceled; the checkpoint folder then holds the state to go on from
     * @throws EngineException if no example is left, a checkpoint is damaged, or the loss explodes or is no finite
     *     number
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
     * @param distribution the teacher, with a prompt for every example; null for none. Where teacher's prompt and
     *     completion are too long for it, the example is learned without it, with a warning
     * @throws EngineException also if the teacher's tokens are not those of the model
     * @see #train(LanguageModel, List, List, SupervisedSettings, Progress)
     */
    public static TrainingResult train(
            LanguageModel model,
            List<SupervisedExample> examples,
            List<SupervisedExample> replay,
            @Nullable TeacherDistribution distribution,
            SupervisedSettings asked,
            Progress progress)
            throws CanceledJobException {
        if (distribution != null) {
            distribution.requireFor(model, examples.size());
        }
        TrainingHistory history = new TrainingHistory();
        ExampleEncoder encoder = new ExampleEncoder(model, history);
        List<EncodedExample> encoded = encoder.encode(examples, distribution, "training examples", progress);
        List<EncodedExample> encodedReplay = encoder.encode(replay, null, "replayed examples", progress);
        if (encoded.isEmpty()) {
            throw new EngineException("There is no training example%s. Give a table with at least one row."
                    .formatted(examples.isEmpty() ? "" : " that fits the model"));
        }
        if (replay.isEmpty() && VerificationExamples.areAll(examples, model.promptFormat())) {
            history.warn(VERDICTS_ALONE);
        }
        history.warnings().forEach(warning -> progress.report(0, warning));
        SupervisedSettings settings = asked.planned(encoded.size(), !encodedReplay.isEmpty());
        CheckpointStore checkpoints = new CheckpointStore(
                settings.run().checkpointFolder(),
                fingerprint(model, examples, replay, distribution, settings, progress),
                List.of());
        // before anything is restored or trained: a model that is its own teacher teaches as it is now
        try (TrainingWorker worker = TrainingWorkers.open(
                model,
                new WorkerSettings(
                        settings.optimizer(),
                        settings.lora(),
                        settings.microBatchSize(),
                        settings.run().seed()),
                workload(Stream.concat(encoded.stream(), encodedReplay.stream()).toList(), settings),
                teacher(distribution, encoded),
                progress)) {
            worker.warning().ifPresent(history::warn);
            checkpoints.restore(worker, history, progress);
            double share = distribution == null ? 0 : distribution.share();
            SupervisedTrainer trainer = new SupervisedTrainer(
                    worker,
                    new SupervisedSequences(encoded, encodedReplay, share, settings),
                    settings,
                    model.config().vocabSize());
            new TrainingLoop(worker, history, checkpoints, settings.run()).run(trainer, progress);
        }
        Stream<EncodedExample> taught = Stream.concat(encoded.stream(), encodedReplay.stream());
        model.setHistory(model.history().withTaught(taught.map(EncodedExample::prompt)));
        return history.result();
    }

    private static Teacher teacher(@Nullable TeacherDistribution distribution, List<EncodedExample> encoded) {
        int reads =
                encoded.stream().mapToInt(EncodedExample::teacherLength).max().orElseThrow();
        return distribution == null || reads == 0
                ? new Teacher.None()
                : new Teacher.Fixed(distribution.teacher(), reads);
    }

    private static Workload workload(List<EncodedExample> learned, SupervisedSettings settings) {
        IntSummaryStatistics lengths =
                learned.stream().mapToInt(EncodedExample::length).summaryStatistics();
        long prompts = learned.stream()
                .map(example -> IntBuffer.wrap(example.prompt()))
                .distinct()
                .count();
        return Workload.of(lengths.getMin(), lengths.getMax(), settings.batchSize())
                .withSharedPrompts(prompts < learned.size());
    }

    @Override
    public double guess() {
        return guess;
    }

    @Override
    public LogRow run(int step, Progress progress) throws CanceledJobException {
        long start = System.nanoTime();
        UpdatePart batch = sequences.of(step);
        double learningRate =
                LearningRate.at(settings.optimizer(), step, settings.run().steps());
        PartFigures figures =
                worker.addGradients(List.of(batch), progress).getOrDefault(batch.name(), PartFigures.NONE);
        StepTaken taken = worker.takeStep(learningRate, StepBound.NONE, progress);
        double seconds = (System.nanoTime() - start) / 1e9;
        long tokens = batch.sequences().stream()
                .mapToLong(TrainingSequence::inputLength)
                .sum();
        return new LogRow(
                step,
                figures.loss(),
                figures.entropy(),
                taken.gradientNorm(),
                learningRate,
                figures.tokens() / (double) batch.sequences().size(),
                RolloutFigures.NONE,
                HelpFigures.NONE,
                PolicyFigures.NONE,
                HeldOutFigures.NONE,
                tokens / seconds,
                new Budget(0, 0, figures.tokens()));
    }

    private static String fingerprint(
            LanguageModel model,
            List<SupervisedExample> examples,
            List<SupervisedExample> replay,
            @Nullable TeacherDistribution distribution,
            SupervisedSettings settings,
            Progress progress)
            throws CanceledJobException {
        Fingerprint fingerprint = new Fingerprint()
                .add("supervised 4")
                .add(settings.withRun(settings.run().withoutCheckpoints()))
                .addAll(examples)
                .addAll(replay)
                .add(model, progress);
        if (distribution != null) {
            fingerprint.add(distribution.share()).addAll(distribution.prompts()).add(distribution.teacher(), progress);
        }
        return fingerprint.hex();
    }
}
