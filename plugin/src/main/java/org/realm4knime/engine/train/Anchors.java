package org.realm4knime.engine.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.train.RandomStreams.Purpose;

/**
 * Makes examples that hold the form of answers in place while reinforcement learning moves the model, as the pretraining
 * gradients of PPO-ptx do (InstructGPT, Ouyang et al., 2022): of each problem of a step one right route, as the solution
 * after right verdicts on the problem's routes, and as the solution of the problem alone.
 */
final class Anchors {

    private final LanguageModel policy;
    private final TextTokenizer tokenizer;
    private final PromptWriter writer;
    private final GrpoSettings settings;
    private final Map<String, GuidedProblem> problems = new HashMap<>();

    /**
     * Prepares the examples of a training.
     *
     * @param policy the model in training
     * @param training the problems that it is trained on, with their routes
     * @param writer writes prompts
     * @param settings weight, and whether verdicts are asked for
     */
    Anchors(LanguageModel policy, List<GuidedProblem> training, PromptWriter writer, GrpoSettings settings) {
        this.policy = policy;
        this.writer = writer;
        this.settings = settings;
        tokenizer = policy.tokenizer();
        training.forEach(item -> problems.put(item.problem().id(), item));
    }

    /**
     * The examples of a step. The loss is the mean cross-entropy over their tokens, times the weight.
     *
     * @param groups all groups of the step
     * @param step number of the step
     * @return empty if the weight is 0, or no problem of the step has a right route
     */
    List<TrainingSequence> of(List<RolloutGroup> groups, int step) {
        if (settings.anchorWeight() == 0) {
            return List.of();
        }
        Random random = new Random(RandomStreams.seed(settings.seed(), Purpose.ANCHOR, step));
        ExampleKind kind =
                settings.processWeight() > 0 ? ExampleKind.VERDICTS_AND_SOLUTION : ExampleKind.SOLUTION_FROM_ROUTES;
        RouteExamples examples = new RouteExamples(writer.format(), kind, settings.routesPerPrompt(), random);
        List<TrainingSequence> anchors = new ArrayList<>();
        for (RolloutGroup group : groups) {
            GuidedProblem item = problems.get(group.prompt().problem().id());
            List<String> solutions = item.routes().stream()
                    .filter(settings.taught()::accepts)
                    .map(route -> route.route().text())
                    .toList();
            if (!solutions.isEmpty()) {
                String solution = solutions.get(random.nextInt(solutions.size()));
                SupervisedExample shown = examples.example(item, solution);
                add(anchors, tokenizer.chatPrompt(shown.prompt()), shown.completion());
                add(anchors, writer.plain(item.problem()), solution);
            }
        }
        double tokens = anchors.stream().mapToInt(s -> s.completion().length).sum();
        return anchors.stream()
                .map(anchor -> anchor.scaled(settings.anchorWeight() / tokens))
                .toList();
    }

    private void add(List<TrainingSequence> anchors, String prompt, String completion) {
        TrainingSequence anchor =
                TrainingSequence.supervised(tokenizer.encode(prompt), tokenizer.encodeCompletion(completion), 1);
        if (anchor.inputLength() <= policy.config().maxPositions()) {
            anchors.add(anchor);
        }
    }
}
