package org.realm4knime.engine.grpo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.endpoint.PolicySampler;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.train.CheckpointStore;
import org.realm4knime.engine.train.Fingerprint;
import org.realm4knime.engine.train.TrainingHistory;
import org.realm4knime.engine.train.TrainingLoop;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.train.TrainingWatch;
import org.realm4knime.engine.update.Teacher;
import org.realm4knime.engine.update.TrainingWorker;
import org.realm4knime.engine.update.TrainingWorkers;
import org.realm4knime.engine.update.WorkerSettings;
import org.realm4knime.engine.update.Workload;

/**
 * A training as it is asked for, and its setting up and taking down.
 *
 * @param policy the model
 * @param problems its problems, those to train on and those to watch by
 * @param schedule guidance rate over the training
 * @param checker compares answers with references
 * @param rules the domain's rules; may be empty
 * @param settings all else
 * @param samplers who writes the completions
 * @param writer writes the prompts
 * @param history gets log, completions and warnings
 */
record TrainingTask(
        LanguageModel policy,
        TrainingProblems problems,
        InductionSchedule schedule,
        AnswerChecker checker,
        List<Rule> rules,
        GrpoSettings settings,
        Samplers samplers,
        PromptWriter writer,
        TrainingHistory history) {

    TrainingResult run(Progress progress) throws CanceledJobException {
        String fingerprint = fingerprint(progress);
        int longestPrompt = problems.longestPrompt(writer, progress);
        WorkerSettings how = new WorkerSettings(
                settings.optimizer(),
                settings.lora(),
                settings.update().microBatchSize(),
                settings.run().seed());
        Teacher teacher = settings.teaching().internalisation().distils()
                ? new Teacher.Live(longestWithHelp(longestPrompt))
                : new Teacher.None();
        try (TrainingWorker worker = TrainingWorkers.open(policy, how, workload(longestPrompt), teacher, progress)) {
            worker.warning().ifPresent(history::warn);
            TrainingWatch watch = new TrainingWatch(
                    settings.watch(),
                    settings.run().steps(),
                    settings.rollout().promptsPerStep(),
                    asked(problems.heldOut(), worker),
                    worker,
                    history);
            SolvedAlone solved = new SolvedAlone(settings.guidance().need());
            CheckpointStore checkpoints =
                    new CheckpointStore(settings.run().checkpointFolder(), fingerprint, List.of(watch, solved));
            checkpoints.restore(worker, history, progress);
            history.rows().forEach(row -> schedule.observe(row.rollouts().reward()));
            try (PolicySampler sampler = samplers.open(policy, history::warn);
                    CompletionSource source = source(worker, sampler)) {
                RealmTrainer trainer =
                        new RealmTrainer(this, worker, source, internalisation(worker, longestPrompt), watch, solved);
                trainer.warn(progress);
                watch.begin(progress);
                solved.begin(asked(problems.training(), worker), progress);
                new TrainingLoop(worker, history, checkpoints, settings.run()).run(trainer, progress);
            }
            watch.end();
        }
        policy.setHistory(policy.history().withTaught(progress.each(problems.training(), this::plain).stream()));
        TrainingWarnings.of(history.rows(), settings).forEach(history::warn);
        return history.result();
    }

    private CompletionSource source(TrainingWorker worker, @Nullable PolicySampler sampler) {
        int endToken = policy.tokenizer().eosId();
        return sampler == null
                ? CompletionSource.of(worker, endToken)
                : new ServedCompletions(sampler, worker, endToken, samplers.ahead(), history::warn);
    }

    private int[] plain(GuidedProblem item) {
        return writer.plain(item.problem()).tokens();
    }

    private HeldOutProblems asked(List<GuidedProblem> some, TrainingWorker worker) {
        return new HeldOutProblems(some, writer, worker, policy.history().taughtPrompts(), checker, settings);
    }

    private Workload workload(int longestPrompt) {
        int longest = longestPrompt + settings.rollout().maxNewTokens();
        return Workload.of(1, longest, settings.rollout().rollouts())
                .withSharedPrompts(true)
                .withWriting()
                .withReference(settings.loss().measuresDivergence())
                .withCopy(!problems.heldOut().isEmpty());
    }

    /** Verdicts hardly ever take more tokens than the routes that they are on; a right try is a route of its own. */
    private int longestWithHelp(int longestPrompt) {
        int longest = 2 * longestPrompt + 2 * settings.rollout().maxNewTokens();
        return Math.min(policy.config().maxPositions(), longest);
    }

    private Internalisation internalisation(TrainingWorker worker, int longestPrompt) {
        InternalisationSettings how = settings.teaching().internalisation();
        if (how.weight() == 0) {
            return Internalisation.none(settings);
        }
        return switch (how.kind()) {
            case SOLUTIONS -> new SolutionLessons(policy.tokenizer(), writer, checker, settings);
            case SELF_DISTILLATION ->
                new SelfDistillation(worker, policy.tokenizer(), writer, settings, longestWithHelp(longestPrompt));
            case RIGHT_TRIES -> new RightTryDistillation(writer, settings, longestWithHelp(longestPrompt));
        };
    }

    boolean guides() {
        return !rules.isEmpty()
                || problems.training().stream().anyMatch(item -> !item.routes().isEmpty());
    }

    private String fingerprint(Progress progress) throws CanceledJobException {
        return new Fingerprint()
                .add("realm 5")
                .add(settings.withRun(settings.run().withoutCheckpoints()))
                .addAll(schedule.points(101))
                .add(checker)
                .addAll(rules)
                .addAll(problems.training())
                .addAll(problems.heldOut())
                .add(policy, progress)
                .hex();
    }
}
