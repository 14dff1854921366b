package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.grpo.StepContrasts.Contrasted;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.train.HeldOutFigures;
import org.realm4knime.engine.train.LogRow;
import org.realm4knime.engine.train.TrainingHistory;
import org.realm4knime.engine.train.TrainingLoop;
import org.realm4knime.engine.train.TrainingResult;
import org.realm4knime.engine.train.TrainingWatch;
import org.realm4knime.engine.train.UnknownWords;
import org.realm4knime.engine.update.LearningRate;
import org.realm4knime.engine.update.PartFigures;
import org.realm4knime.engine.update.StepBound;
import org.realm4knime.engine.update.StepTaken;
import org.realm4knime.engine.update.TrainingWorker;
import org.realm4knime.engine.update.UpdatePart;

/**
 * Reinforcement training whose outside help fades away. A step
 *
 * <ol>
 *   <li>draws problems, and for each the routes that its prompt shows, by the guidance rate of the schedule
 *       ({@link Curriculum});
 *   <li>samples a group of completions for each prompt ({@link Rollouts}) and rewards their outcome, their verdicts on
 *       the routes shown (process) and their form ({@link Rewards});
 *   <li>makes the sequences to learn from: the policy's own tries ({@link GrpoSequences}), what guidance taught, on the
 *       prompt without it ({@link Internalisation}), right routes that hold the form in place ({@link Anchors}), and
 *       the steps at which right and wrong routes part ({@link StepContrasts});
 *   <li>updates the weights by them, once or, in mini-batches and epochs, several times; where most completions lack
 *       the form, by right routes alone ({@link FormSteps});
 *   <li>is logged, and looked at on held-out problems ({@link TrainingWatch}).
 * </ol>
 *
 * <p>All parts of an update share the optimizer's moments. The same seed gives the same weights, bit for bit on the
 * same machine and thread count, interrupted or not.
 */
public final class RealmTrainer implements TrainingLoop.Step {

    /** About the share of a step's time that goes into its completions, for the progress bar. */
    private static final double ROLLOUT = 0.6;

    private final TrainingWorker worker;
    private final Curriculum curriculum;
    private final Rollouts rollouts;
    private final GrpoSequences tries;
    private final Internalisation internalisation;
    private final Anchors anchors;
    private final StepContrasts contrasts;
    private final FormSteps formSteps;
    private final TrainingWatch watch;
    private final SolvedAlone solved;
    private final InductionSchedule schedule;
    /** Whether there is anything that guidance can show. */
    private final boolean guides;

    private final GrpoSettings settings;
    private final TrainingHistory history;
    /** What is being completed while a step is trained; null if nothing is. */
    private @Nullable Drawn next;

    /**
     * The prompts of a step.
     *
     * @param guidance rate that they were drawn by
     */
    private record Drawn(int step, double guidance, List<TrainingPrompt> prompts) {}

    RealmTrainer(
            TrainingTask task,
            TrainingWorker worker,
            CompletionSource source,
            Internalisation internalisation,
            TrainingWatch watch,
            SolvedAlone solved) {
        List<GuidedProblem> problems = task.problems().training();
        this.worker = worker;
        this.watch = watch;
        this.solved = solved;
        settings = task.settings();
        history = task.history();
        schedule = task.schedule();
        guides = task.guides();
        PromptWriter writer = task.writer();
        curriculum = new Curriculum(problems, writer, solved, settings);
        rollouts = new Rollouts(
                source,
                new Rewards(writer.format(), task.checker(), settings.reward()),
                new ExternalRoutes(problems, task.policy().tokenizer(), settings),
                settings);
        tries = new GrpoSequences(settings);
        this.internalisation = internalisation;
        anchors = new Anchors(
                problems, task.policy().tokenizer(), task.policy().config().maxPositions(), writer, settings);
        contrasts = new StepContrasts(problems, task.policy().tokenizer(), writer, worker, settings);
        formSteps = new FormSteps(anchors, worker, settings, history);
    }

    /** Warns of what will not work, before the first step. */
    void warn(Progress progress) throws CanceledJobException {
        anchors.warning(progress).ifPresent(history::warn);
    }

    /**
     * Trains a model.
     *
     * @param policy changed in place; on cancellation or error it is left as the last step left it
     * @param problems problems with reference answers, and the routes their prompts may show; at least one. Those whose
     *     longest prompt leaves no room for a completion are left out with a warning
     * @param heldOut problems to watch the training by, with their routes; where empty, the settings say which share of
     *     the problems is held out
     * @param schedule guidance rate over the training; a fresh one, as an adaptive schedule has a state
     * @param checker compares answers with references
     * @param rules the domain's rules, shown while they fade; may be empty
     * @param settings all else
     * @param progress told after every step, asked between generations and micro-batches whether to stop
     * @return log, a sample of the completions (the first group of each step), and warnings
     * @throws CanceledJobException if canceled; the checkpoint folder then holds the state to go on from
     * @throws EngineException if no problem is left, a checkpoint is damaged, or the loss is no finite number
     */
    public static TrainingResult train(
            LanguageModel policy,
            List<GuidedProblem> problems,
            List<GuidedProblem> heldOut,
            InductionSchedule schedule,
            AnswerChecker checker,
            List<Rule> rules,
            GrpoSettings settings,
            Progress progress)
            throws CanceledJobException {
        return train(policy, problems, heldOut, schedule, checker, rules, settings, Samplers.NONE, progress);
    }

    /**
     * Trains a model on completions that servers may write.
     *
     * @param samplers the servers, which are not part of the settings that a checkpoint belongs to
     * @see #train(LanguageModel, List, List, InductionSchedule, AnswerChecker, List, GrpoSettings, Progress)
     */
    public static TrainingResult train(
            LanguageModel policy,
            List<GuidedProblem> problems,
            List<GuidedProblem> heldOut,
            InductionSchedule schedule,
            AnswerChecker checker,
            List<Rule> rules,
            GrpoSettings settings,
            Samplers samplers,
            Progress progress)
            throws CanceledJobException {
        samplers.check(policy, settings);
        TrainingHistory history = new TrainingHistory();
        UnknownWords.warning(policy, "problems, rules and routes", texts(problems, rules), progress)
                .ifPresent(warning -> {
                    history.warn(warning);
                    progress.report(0, warning);
                });
        PromptWriter writer = new PromptWriter(policy, rules, settings.guidance());
        TrainingProblems usable = TrainingProblems.of(problems, heldOut, policy, writer, settings, history, progress);
        return new TrainingTask(policy, usable, schedule, checker, rules, settings, samplers, writer, history)
                .run(progress);
    }

    private static Stream<String> texts(List<GuidedProblem> problems, List<Rule> rules) {
        Stream<String> ofProblems = problems.stream()
                .flatMap(item -> Stream.concat(
                        Stream.of(item.problem().question()),
                        item.routes().stream().map(route -> route.route().text())));
        return Stream.concat(ofProblems, rules.stream().map(Rule::text));
    }

    @Override
    public LogRow run(int step, Progress progress) throws CanceledJobException {
        long start = System.nanoTime();
        Drawn drawn = next != null && next.step() == step ? next : draw(step);
        List<RolloutGroup> groups = rollOut(drawn, progress.sub(0, ROLLOUT));
        beginNext(step, progress);
        Progress updating = progress.sub(ROLLOUT, 1);
        StepLog log = new StepLog(groups);
        boolean form = formSteps.due(log.rollouts());
        if (!form && formSteps.wasTheLast()) {
            watch.beginAnew(step - 1, progress);
        }
        Internalisation.Lessons lessons =
                form ? Internalisation.Lessons.of(List.of(), 0, settings) : internalisation.of(groups, step, progress);
        double learningRate = learningRate(form, step);
        UpdateFigures figures = form
                ? formSteps.take(step, learningRate, updating)
                : update(step, groups, List.of(lessons.part(), anchors.of(groups, step)), learningRate, updating);
        double seconds = (System.nanoTime() - start) / 1e9;
        LogRow row = new LogRow(
                step,
                figures.trainedTokens() > 0 ? figures.tries().loss() : Double.NaN,
                figures.tries().entropy(),
                figures.gradientNorm(),
                learningRate,
                log.completionLength(),
                log.rollouts(),
                log.help(guides ? drawn.guidance() : Double.NaN),
                log.policy(figures, settings.loss().measuresDivergence(), lessons.tokenWeights()),
                HeldOutFigures.NONE,
                (log.tokens() + figures.trainedTokens()) / seconds,
                log.spent(figures));
        LogRow seen = watch.after(step, row, progress);
        if (watch.wentBack(step)) {
            rollouts.forget(); // weights that were given up began to write them
            next = null;
        }
        // from here on nothing asks whether to stop: a step that is taken back has left nothing behind
        history.completions().addAll(groups.get(0).logged(step));
        schedule.observe(row.rollouts().reward());
        solved.observe(groups);
        return seen;
    }

    private double learningRate(boolean form, int step) {
        return watch.learningRateFactor()
                * (form
                        ? settings.optimizer().learningRate()
                        : LearningRate.at(
                                settings.optimizer(), step, settings.run().steps()));
    }

    private Drawn draw(int step) {
        double guidance = schedule.rate((step - 1) / (double) settings.run().steps());
        return new Drawn(
                step, guidance, curriculum.draw(step, settings.rollout().promptsPerStep(), guidance));
    }

    /**
     * Lets the next step's prompts be completed while this one is trained, where they can be. They are drawn by what
     * was known before this step.
     */
    private void beginNext(int step, Progress progress) throws CanceledJobException {
        next = null;
        if (step < settings.run().steps()) {
            Drawn drawn = draw(step + 1);
            next = rollouts.begin(drawn.prompts(), step + 1, progress) ? drawn : null;
        }
    }

    /**
     * Rolls out and rewards. Groups without signal stay in the list, as the figures and the loss count them; where the
     * settings ask for it, further groups are added in their place.
     */
    private List<RolloutGroup> rollOut(Drawn drawn, Progress progress) throws CanceledJobException {
        int step = drawn.step();
        List<RolloutGroup> groups = new ArrayList<>(rollouts.of(drawn.prompts(), step, 0, progress));
        int silent = (int) groups.stream().filter(RolloutGroup::withoutSignal).count();
        if (settings.rollout().resampleZeroVariance() && silent > 0) {
            groups.addAll(rollouts.of(curriculum.drawMore(step, silent, drawn.guidance()), step, 1, progress));
        }
        return groups;
    }

    /**
     * The updates of a step: one for each mini-batch of each epoch that has something to learn from. What is taught
     * beside the tries is part of the first one.
     */
    private UpdateFigures update(
            int step, List<RolloutGroup> groups, List<UpdatePart> taught, double learningRate, Progress progress)
            throws CanceledJobException {
        List<UpdateFigures> updates = new ArrayList<>();
        StepBound bound = tries.bound(groups);
        int epochs = settings.update().epochs();
        for (int epoch = 0; epoch < epochs; epoch++) {
            List<List<RolloutGroup>> miniBatches = tries.miniBatches(groups, step, epoch);
            double each = 1.0 / epochs / miniBatches.size();
            for (int i = 0; i < miniBatches.size(); i++) {
                double before = (double) epoch / epochs + i * each;
                Progress update = progress.sub(before, Math.min(1, before + each));
                Contrasted contrast = contrasts.of(miniBatches.get(i), step, epoch, i, update);
                List<UpdatePart> parts = new ArrayList<>();
                parts.add(tries.of(miniBatches.get(i)));
                parts.addAll(updates.isEmpty() ? taught : List.of());
                parts.add(contrast.part());
                if (!parts.stream().allMatch(UpdatePart::isEmpty)) {
                    Map<String, PartFigures> figures = worker.addGradients(parts, update);
                    StepTaken taken = worker.takeStep(learningRate, bound, update);
                    updates.add(UpdateFigures.of(figures, contrast, taken));
                }
            }
        }
        return UpdateFigures.of(updates);
    }

    @Override
    public boolean finished() {
        return watch.stopped();
    }
}
