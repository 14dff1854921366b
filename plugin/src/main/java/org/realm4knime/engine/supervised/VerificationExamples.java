package org.realm4knime.engine.supervised;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.mrpv.Verification;

/**
 * Supervised examples made of verified routes: a prompt that shows routes, a verdict on each, then a right solution;
 * the solution without the verdicts; or a route to the question alone.
 */
public final class VerificationExamples {

    private final PromptFormat format;
    private final ExampleSettings settings;
    private final Random random;
    private final RouteExamples shown;

    private VerificationExamples(PromptFormat format, ExampleSettings settings) {
        this.format = format;
        this.settings = settings;
        random = new Random(settings.seed());
        shown = new RouteExamples(format, settings.kind(), settings.routesShown(), random);
    }

    /**
     * Builds the examples.
     *
     * @param format the prompt format of the model to be trained
     * @param problems problems with verified routes; one without a solution gives no example
     * @param settings which examples to make
     * @param progress asked before each problem whether to stop
     * @return examples in the order of the problems
     */
    public static List<SupervisedExample> of(
            PromptFormat format, List<GuidedProblem> problems, ExampleSettings settings, Progress progress)
            throws CanceledJobException {
        VerificationExamples examples = new VerificationExamples(format, settings);
        return progress.each(problems, problem -> examples.of(problem).toList()).stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Whether all examples begin with a verdict on a route, so that none shows how a question is answered without.
     *
     * @param format the prompt format of the model to be trained
     */
    static boolean areAll(List<SupervisedExample> examples, PromptFormat format) {
        List<String> begins = Stream.of(format, PromptFormat.general(), PromptFormat.compact())
                .map(PromptFormat::verify)
                .distinct()
                .toList();
        return examples.stream()
                .map(example -> example.completion().stripLeading())
                .allMatch(completion -> begins.stream().anyMatch(completion::startsWith));
    }

    private Stream<SupervisedExample> of(GuidedProblem guided) {
        if (settings.kind() == ExampleKind.ROUTE_ALONE) {
            return alone(guided, solutions(guided));
        }
        List<String> solutions = solutionsOrRationale(guided);
        Stream<SupervisedExample> withRoutes = routesShown(guided, solutions);
        return settings.alone() ? Stream.concat(withRoutes, alone(guided, solutions)) : withRoutes;
    }

    /** Different solutions to the question, in random order. */
    private Stream<SupervisedExample> alone(GuidedProblem guided, List<String> solutions) {
        String prompt = Verification.prompt(format, guided.problem(), List.of(), List.of());
        List<String> texts = new ArrayList<>(solutions.stream().distinct().toList());
        Collections.shuffle(texts, random);
        return texts.stream().limit(settings.perProblem()).map(text -> SupervisedExample.of(prompt, text));
    }

    private Stream<SupervisedExample> routesShown(GuidedProblem guided, List<String> solutions) {
        if (solutions.isEmpty() || guided.routes().isEmpty()) {
            return Stream.empty();
        }
        return Stream.generate(() -> shown.example(guided, solutions.get(random.nextInt(solutions.size()))))
                .limit(settings.perProblem());
    }

    private List<String> solutionsOrRationale(GuidedProblem guided) {
        List<String> routes = solutions(guided);
        return routes.isEmpty()
                ? Stream.ofNullable(guided.problem().rationale()).toList()
                : routes;
    }

    private List<String> solutions(GuidedProblem guided) {
        return settings.solutions().of(guided.routes()).stream()
                .map(route -> route.route().text())
                .toList();
    }
}
