package org.realm4knime.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.eaai.InductionSchedule;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;

/**
 * Reinforcement training whose outside help fades away. A step
 *
 * <ol>
 *   <li>draws problems, and for each the routes that its prompt shows, by the guidance rate of the schedule;
 *   <li>samples a group of completions for each prompt and rewards their outcome, their verdicts on the routes shown
 *       (process) and their form;
 *   <li>updates the policy with the clipped loss of GRPO on the groups' advantages, once or, in mini-batches and epochs,
 *       several times; right external routes may be members of groups without shown routes, and the steps at which right
 *       and wrong routes part may be contrasted in the same update;
 *   <li>internalises: trains, supervised, the solutions of right completions of guided prompts on the problem without
 *       routes.
 * </ol>
 *
 * <p>Both updates share the optimizer's moments, as in the study that found this recipe; each has its own learning rate.
 * The same seed gives the same weights, bit for bit on the same machine and thread count, interrupted or not.
 */
public final class RealmTrainer implements TrainingLoop.Step {

    private final ModelUpdater updater;
    private final List<NDArray> reference;
    private final Rollouts rollouts;
    private final PolicySequences sequences;
    private final ExternalRoutes external;
    private final Internalisation internalisation;
    private final Anchors anchors;
    private final TrainingWatch watch;
    private final SolvedAlone solved;
    private final InductionSchedule schedule;
    /** Whether there is anything that guidance can show. */
    private final boolean guides;

    private final GrpoSettings settings;
    private final PolicyLoss loss;
    private final TrainingHistory history;

    private RealmTrainer(
            ModelUpdater updater,
            List<NDArray> reference,
            Rollouts rollouts,
            PolicySequences sequences,
            ExternalRoutes external,
            Internalisation internalisation,
            Anchors anchors,
            TrainingWatch watch,
            SolvedAlone solved,
            InductionSchedule schedule,
            boolean guides,
            GrpoSettings settings,
            TrainingHistory history) {
        this.updater = updater;
        this.reference = reference;
        this.rollouts = rollouts;
        this.sequences = sequences;
        this.external = external;
        this.internalisation = internalisation;
        this.anchors = anchors;
        this.watch = watch;
        this.solved = solved;
        this.schedule = schedule;
        this.guides = guides;
        this.settings = settings;
        this.history = history;
        loss = new PolicyLoss(
                settings.temperature(), settings.clipLow(), settings.clipHigh(), settings.klCoefficient());
    }

    /**
     * Trains a model.
     *
     * @param policy changed in place; on cancellation or error it is left as the last step left it
     * @param problems problems with reference answers, and the routes their prompts may show; at least one. Those whose
     *     longest prompt leaves no room for a completion are left out with a warning
     * @param heldOut problems to watch the training by, with their routes; where empty, the settings say which share of the
     *     problems is held out
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
        TrainingHistory history = new TrainingHistory();
        UnknownWords.warning(policy, "problems, rules and routes", texts(problems, rules))
                .ifPresent(warning -> {
                    history.warn(warning);
                    progress.report(0, warning);
                });
        PromptWriter writer = new PromptWriter(policy, rules, settings);
        HeldOut.Split split = split(policy, writer, problems, heldOut, settings, history);
        String fingerprint = fingerprint(policy, split, schedule, checker, rules, settings);
        int longestPrompt = longestPrompt(policy, split.training(), writer);
        Generator generator = new Generator(policy, settings.promptsPerStep() * settings.groupSize());
        Trainables trainables = ModelUpdater.trainables(policy, settings.lora(), settings.seed());
        try (ModelUpdater updater = ModelUpdater.withinMemory(
                        trainables,
                        settings.optimizer(),
                        settings.microBatchSize(),
                        work(trainables, split, longestPrompt, settings),
                        history,
                        progress);
                TrainingWatch watch = new TrainingWatch(
                        settings,
                        new HeldOut(split.heldOut(), writer, generator, policy, checker, settings.maxNewTokens()),
                        updater,
                        history);
                Internalisation internalisation =
                        new Internalisation(policy, writer, generator, settings, longestPrompt)) {
            SolvedAlone solved = new SolvedAlone(settings.guidanceNeed());
            CheckpointStore checkpoints = new CheckpointStore(settings.checkpointFolder(), fingerprint, watch, solved);
            List<NDArray> reference =
                    settings.klCoefficient() > 0 ? updater.trainables().reference() : null;
            checkpoints.restore(updater, history);
            history.rows().forEach(row -> schedule.observe(row.reward()));
            ExternalRoutes external = new ExternalRoutes(split.training(), policy.tokenizer(), writer, settings);
            Rewards rewards = new Rewards(policy.promptFormat(), checker, settings);
            RealmTrainer trainer = new RealmTrainer(
                    updater,
                    reference,
                    new Rollouts(split.training(), writer, rewards, generator, external, solved, settings),
                    new PolicySequences(policy.tokenizer(), settings),
                    external,
                    internalisation,
                    new Anchors(policy, split.training(), writer, settings),
                    watch,
                    solved,
                    schedule,
                    guides(split.training(), rules),
                    settings,
                    history);
            watch.begin(progress);
            solved.begin(
                    new HeldOut(split.training(), writer, generator, policy, checker, settings.maxNewTokens()),
                    progress);
            new TrainingLoop(updater, history, checkpoints, settings.checkpointEvery(), settings.steps())
                    .run(trainer, progress);
            watch.end();
        }
        TrainingWarnings.of(history.rows(), settings).forEach(history::warn);
        return history.result();
    }

    private static Stream<String> texts(List<GuidedProblem> problems, List<Rule> rules) {
        Stream<String> ofProblems = problems.stream()
                .flatMap(item -> Stream.concat(
                        Stream.of(item.problem().question()),
                        item.routes().stream().map(route -> route.route().text())));
        return Stream.concat(ofProblems, rules.stream().map(Rule::text));
    }

    private static boolean guides(List<GuidedProblem> problems, List<Rule> rules) {
        return !rules.isEmpty()
                || problems.stream().anyMatch(item -> !item.routes().isEmpty());
    }

    private static HeldOut.Split split(
            LanguageModel policy,
            PromptWriter writer,
            List<GuidedProblem> problems,
            List<GuidedProblem> heldOut,
            GrpoSettings settings,
            TrainingHistory history) {
        List<GuidedProblem> usable = usable(problems, policy, writer, settings, history);
        if (settings.watch().everySteps() == 0) {
            return new HeldOut.Split(usable, List.of());
        }
        return heldOut.isEmpty()
                ? HeldOut.split(usable, settings.watch().heldOutShare(), settings.seed())
                : new HeldOut.Split(usable, HeldOut.limited(usable(heldOut, policy, writer, settings, history)));
    }

    private static int longestPrompt(LanguageModel policy, List<GuidedProblem> problems, PromptWriter writer) {
        return problems.stream()
                .mapToInt(item -> writer.longest(item).tokens(policy.tokenizer()))
                .max()
                .orElseThrow();
    }

    private static MemoryEstimate.Work work(
            Trainables trainables, HeldOut.Split split, int longestPrompt, GrpoSettings settings) {
        int copies = settings.klCoefficient() > 0 ? trainables.copiesForReference() : 0;
        int best = split.heldOut().isEmpty() ? 0 : trainables.copiesForReference();
        return new MemoryEstimate.Work(
                trainables.size(),
                copies + best,
                1,
                longestPrompt + settings.maxNewTokens(),
                settings.promptsPerStep() * settings.groupSize(),
                true,
                true,
                null);
    }

    @Override
    public LogRow run(int step, Progress progress) throws CanceledJobException {
        long start = System.nanoTime();
        double guidance = schedule.rate((step - 1) / (double) settings.steps());
        updater.releaseGradients(); // rollouts need the memory
        updater.trainables().publish();
        List<RolloutGroup> groups = rollouts.sample(step, guidance, progress);
        Lessons lessons = internalisation.lessons(groups, step, progress).with(anchors.of(groups, step));
        double learningRate = watch.rate() * LearningRate.at(settings.optimizer(), step, settings.steps());
        StepFigures policy = update(step, groups, lessons, learningRate, progress);
        double seconds = (System.nanoTime() - start) / 1e9;
        long tokens = groups.stream().mapToLong(RolloutGroup::tokens).sum() + policy.trainedTokens();
        LogRow row = LogRows.reinforcement(
                step, groups, guides ? guidance : Double.NaN, policy, lessons, learningRate, tokens / seconds);
        history.completions().addAll(groups.get(0).logged(step));
        schedule.observe(row.reward());
        solved.observe(groups);
        return watch.after(step, row, progress);
    }

    @Override
    public boolean finished() {
        return watch.stopped();
    }

    /**
     * The updates of a step: one for each mini-batch of each epoch that has something to learn from. What is internalised is
     * part of the first one.
     */
    private StepFigures update(
            int step, List<RolloutGroup> groups, Lessons lessons, double learningRate, Progress progress)
            throws CanceledJobException {
        List<StepFigures> updates = new ArrayList<>();
        List<TrainingSequence> probe = settings.maxStepKl() > 0 ? sequences.probe(groups) : List.of();
        Lessons left = lessons;
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            int number = 0;
            for (List<RolloutGroup> part : sequences.miniBatches(groups, step, epoch)) {
                List<TrainingSequence> kept = sequences.policy(part);
                StepContrast contrast = external.contrast(part, step, epoch, number++);
                boolean contrasts = contrast != null && !contrast.pairs().isEmpty();
                if (!kept.isEmpty() || !left.isEmpty() || contrasts) {
                    updates.add(limited(
                            updater.policy(kept, loss, reference, left, contrast, learningRate, progress),
                            probe,
                            learningRate,
                            progress));
                    left = Lessons.NONE;
                }
            }
        }
        return StepFigures.of(updates);
    }

    /** A trust region: an update that has moved the policy too far is made smaller. */
    private StepFigures limited(
            StepFigures figures, List<TrainingSequence> probe, double learningRate, Progress progress)
            throws CanceledJobException {
        return probe.isEmpty()
                ? figures
                : figures.withStepKl(StepLimit.apply(
                        updater, probe, settings.temperature(), settings.maxStepKl(), learningRate, progress));
    }

    private static List<GuidedProblem> usable(
            List<GuidedProblem> problems,
            LanguageModel policy,
            PromptWriter writer,
            GrpoSettings settings,
            TrainingHistory history) {
        for (GuidedProblem item : problems) {
            requireAnswer(item.problem());
        }
        int longest = policy.config().maxPositions();
        List<GuidedProblem> usable = new ArrayList<>(problems);
        usable.removeIf(item -> writer.longest(item).tokens(policy.tokenizer()) + settings.maxNewTokens() > longest);
        int left = problems.size() - usable.size();
        if (usable.isEmpty()) {
            throw new EngineException(
                    problems.isEmpty()
                            ? "There is no problem to train on. Give a table with at least one row."
                            : "No problem fits the model %s: prompt and %d new tokens together exceed the %d tokens that it reads. Lower the maximum of new tokens, or shorten the questions, routes and rules."
                                    .formatted(policy.name(), settings.maxNewTokens(), longest));
        }
        if (left > 0) {
            history.warn(
                    ("%d of %d problems were left out: with the routes they may show and %d new tokens they exceed the"
                                    + " %d tokens that %s reads.")
                            .formatted(left, problems.size(), settings.maxNewTokens(), longest, policy.name()));
        }
        return usable;
    }

    private static void requireAnswer(Problem problem) {
        if (!problem.hasAnswer()) {
            throw new EngineException(
                    "Problem %s has no reference answer, so its completions cannot be rewarded. Give it an answer, or filter it out."
                            .formatted(problem.id()));
        }
    }

    private static String fingerprint(
            LanguageModel policy,
            HeldOut.Split split,
            InductionSchedule schedule,
            AnswerChecker checker,
            List<Rule> rules,
            GrpoSettings settings) {
        return new Fingerprint()
                .add("realm 2")
                .add(settings.toBuilder()
                        .checkpointFolder(null)
                        .checkpointEvery(0)
                        .build())
                .addAll(schedule.points(101))
                .add(checker)
                .addAll(rules)
                .addAll(split.training())
                .addAll(split.heldOut())
                .add(policy)
                .hex();
    }
}
