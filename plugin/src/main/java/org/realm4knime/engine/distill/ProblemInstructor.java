package org.realm4knime.engine.distill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.mrpv.RouteVerifier;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.mrpv.VerifierSettings;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.route.RouteRollout;
import org.realm4knime.engine.route.RouteSource;

/**
 * Makes problems like those that a student missed, in the manner of LLMs-as-Instructors (Ying et al. 2024): teachers
 * answer variations of the missed problems, and what most of them agree on is what the student learns next. There a
 * large model writes the new problems; here they come of templates, see {@link QuestionVariations}, so that any teacher
 * will do.
 */
public final class ProblemInstructor {

    private ProblemInstructor() {}

    /**
     * Makes the problems.
     *
     * @param problems all problems, whose numbers and phrases the new ones are made of
     * @param missed ids of those that the student missed
     * @param teachers models with distinct names
     * @param checker finds and compares answers
     * @param settings how many, and when teachers agree
     * @param progress told of every batch of the teachers
     * @return the new problems, in the order of the missed ones, and what the teachers wrote
     * @throws EngineException if nothing was missed, or no variation could be made
     * @throws CanceledJobException if canceled
     */
    public static InstructionResult run(
            List<Problem> problems,
            Set<String> missed,
            List<RouteSource> teachers,
            AnswerChecker checker,
            InstructionSettings settings,
            Progress progress)
            throws CanceledJobException {
        Map<Problem, String> varied = variations(problems, missed, settings, progress);
        if (varied.isEmpty()) {
            throw new EngineException(
                    missed.isEmpty()
                            ? "The student missed none of the problems, so there is nothing to make others like. Give"
                                    + " harder problems."
                            : ("No variation could be made of the %d missed problems: no other question has their"
                                            + " shape. Give more problems.")
                                    .formatted(missed.size()));
        }
        long made = varied.values().stream().distinct().count();
        List<Problem> asked = List.copyOf(varied.keySet());
        List<Route> routes = progress.each(
                RouteRollout.run(asked, List.of(), teachers, settings.rollout(), progress),
                route -> route.withAnswer(
                        checker.extract(route.text(), route.truncated()).orElse(null)));
        Map<String, List<Route>> byProblem = routes.stream().collect(Collectors.groupingBy(Route::problemId));
        RouteVerifier verifier = new RouteVerifier(checker, VerifierSettings.defaults());
        List<InstructedProblem> agreed = progress
                .each(asked, problem -> agreed(
                                problem, varied.get(problem), verifier.verify(problem, byProblem.get(problem.id())))
                        .filter(candidate -> candidate.agreement() > settings.agreement()))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        return new InstructionResult(agreed, routes, missed.size() - (int) made, asked.size() - agreed.size());
    }

    /** New problems without answer, with the id of the missed problem that each is made of. */
    private static Map<Problem, String> variations(
            List<Problem> problems, Set<String> missed, InstructionSettings settings, Progress progress)
            throws CanceledJobException {
        QuestionVariations variations =
                new QuestionVariations(problems.stream().map(Problem::question).toList());
        Random random = new Random(settings.rollout().sampling().seed());
        Map<Problem, String> made = new LinkedHashMap<>();
        for (Problem problem : problems) {
            progress.checkCanceled();
            for (int i = 1; missed.contains(problem.id()) && i <= settings.variations(); i++) {
                Optional<String> question = variations.of(problem.question(), random);
                String id = problem.id() + "-variation-" + i;
                question.ifPresent(text -> made.put(new Problem(id, text, "", null, problem.domain()), problem.id()));
            }
        }
        return made;
    }

    private static Optional<InstructedProblem> agreed(Problem problem, String missed, List<VerifiedRoute> routes) {
        List<VerifiedRoute> majority =
                new ArrayList<>(routes.stream().filter(VerifiedRoute::positive).toList());
        majority.sort(Comparator.comparing(route -> !route.processValid()));
        return majority.stream().findFirst().map(best -> {
            Problem solved = new Problem(
                    problem.id(),
                    problem.question(),
                    best.route().answer(),
                    best.route().text(),
                    problem.domain());
            return new InstructedProblem(solved, missed, majority.size() / (double) routes.size());
        });
    }
}
