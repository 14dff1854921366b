package org.realm4knime.engine.grpo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.model.TextTokenizer;
import org.realm4knime.engine.supervised.ExampleKind;
import org.realm4knime.engine.supervised.RouteExamples;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.update.CrossEntropy;
import org.realm4knime.engine.update.RandomStreams;
import org.realm4knime.engine.update.RandomStreams.Purpose;
import org.realm4knime.engine.update.TrainingSequence;
import org.realm4knime.engine.update.UpdatePart;

/**
 * Examples that hold the form of answers in place while reinforcement learning moves the model, as the pretraining
 * gradients of PPO-ptx do (InstructGPT, Ouyang et al., 2022): of each problem of a step one right route, as the
 * solution after right verdicts on the problem's routes, and as the solution of the problem alone. With w their weight,
 *
 * <pre>loss = w mean over the tokens of all (-log p(token)).</pre>
 *
 * <p>Departure: the examples are of the step's own problems, not of a corpus.
 */
final class Anchors {

    private static final String NAME = "anchors";
    private static final int STREAM = 3;
    /** Share of right answers that may be cut off without a word. */
    private static final double CUT_OFF = 0.05;

    private final TextTokenizer tokenizer;
    private final int longest;
    private final PromptWriter writer;
    private final GrpoSettings settings;
    private final Map<String, GuidedProblem> problems = new LinkedHashMap<>();

    /**
     * Prepares the examples of a training.
     *
     * @param training the problems that it is trained on, with their routes
     * @param tokenizer of the model
     * @param longest most tokens that the model reads
     * @param writer writes prompts
     * @param settings weight, and whether verdicts are asked for
     */
    Anchors(
            List<GuidedProblem> training,
            TextTokenizer tokenizer,
            int longest,
            PromptWriter writer,
            GrpoSettings settings) {
        this.tokenizer = tokenizer;
        this.longest = longest;
        this.writer = writer;
        this.settings = settings;
        training.forEach(item -> problems.put(item.problem().id(), item));
    }

    /**
     * The examples of a step.
     *
     * @param groups all groups of the step
     * @param step number of the step
     * @return empty if the weight is 0, or no problem of the step has a right route
     */
    UpdatePart of(List<RolloutGroup> groups, int step) {
        double weight = settings.teaching().anchorWeight();
        List<GuidedProblem> asked = weight == 0
                ? List.of()
                : groups.stream()
                        .map(group -> Objects.requireNonNull(
                                problems.get(group.prompt().problem().id())))
                        .toList();
        return part(asked, weight, new Random(RandomStreams.seed(settings.run().seed(), Purpose.ANCHOR, step)));
    }

    /**
     * What to say where many right answers to prompts that show routes are longer than a completion may be. They would
     * be cut off, earn nothing, and teach the model that verdicts do not pay.
     */
    Optional<String> warning(Progress progress) throws CanceledJobException {
        int most = settings.rollout().maxNewTokens();
        RouteExamples examples =
                examples(new Random(RandomStreams.seed(settings.run().seed(), Purpose.ANCHOR, 0)));
        int[] lengths = progress
                .each(
                        taught().stream().filter(GuidedProblem::hasRoutesToShow).toList(),
                        item -> tokenizer.encodeCompletion(
                                        examples.example(item, solutions(item).get(0))
                                                .completion())
                                .length)
                .stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        long over = IntStream.of(lengths).filter(length -> length > most).count();
        return over <= CUT_OFF * lengths.length
                ? Optional.empty()
                : Optional.of(("%d of %d right answers to prompts with routes have more tokens than the maximum of new"
                                + " tokens, %d%s. They would be cut off and earn nothing. Raise the maximum to %d.")
                        .formatted(
                                over,
                                lengths.length,
                                most,
                                settings.reward().process() > 0 ? ", as they judge each route first" : "",
                                lengths[lengths.length - 1]));
    }

    /** The problems that have a right route, and so an example. */
    List<GuidedProblem> taught() {
        return problems.values().stream()
                .filter(item -> !solutions(item).isEmpty())
                .toList();
    }

    /**
     * The examples of some problems.
     *
     * @param some the problems; those without a right route have none
     * @param weight w
     * @param random draws routes and their order
     */
    UpdatePart part(List<GuidedProblem> some, double weight, Random random) {
        List<TrainingSequence> anchors = examples(some, random);
        double tokens = anchors.stream().mapToInt(s -> s.completion().length).sum();
        return new UpdatePart(
                NAME,
                anchors.stream()
                        .map(anchor -> anchor.withWeight(weight / tokens))
                        .toList(),
                new CrossEntropy(),
                STREAM);
    }

    private List<TrainingSequence> examples(List<GuidedProblem> some, Random random) {
        RouteExamples examples = examples(random);
        List<TrainingSequence> anchors = new ArrayList<>();
        for (GuidedProblem item : some) {
            List<String> solutions = solutions(item);
            if (!solutions.isEmpty()) {
                String solution = solutions.get(random.nextInt(solutions.size()));
                SupervisedExample shown = examples.example(item, solution);
                add(anchors, tokenizer.encode(tokenizer.chatPrompt(shown.prompt())), shown.completion());
                add(anchors, writer.plain(item.problem()).tokens(), solution);
            }
        }
        return anchors;
    }

    private RouteExamples examples(Random random) {
        ExampleKind kind =
                settings.reward().process() > 0 ? ExampleKind.VERDICTS_AND_SOLUTION : ExampleKind.SOLUTION_FROM_ROUTES;
        return new RouteExamples(writer.format(), kind, settings.guidance().routesPerPrompt(), random);
    }

    private List<String> solutions(GuidedProblem item) {
        return item.routes().stream()
                .filter(settings.teaching().taught()::accepts)
                .map(route -> route.route().text())
                .toList();
    }

    private void add(List<TrainingSequence> anchors, int[] prompt, String completion) {
        TrainingSequence anchor = TrainingSequence.taught(prompt, tokenizer.encodeCompletion(completion), 1);
        if (anchor.inputLength() <= longest) {
            anchors.add(anchor);
        }
    }
}
