package org.realm4knime.engine.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.Accuracy;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

/**
 * The benchmark protocol: every model answers the same problems, without and (where routes are given) with external
 * routes; accuracy is reported for each split with a 95 % Wilson interval, and models are compared pairwise. Where
 * routes are given, what they reach without a model stands beside it: their majority, plain and weighted, and whether
 * any is right.
 */
public final class Benchmark {

    private final List<Problem> problems;
    private final String rules;
    private final AnswerChecker checker;
    private final BenchmarkSettings settings;
    private final List<Score> scores = new ArrayList<>();
    private final List<Prediction> predictions = new ArrayList<>();
    private final Comparisons comparisons = new Comparisons();

    private Benchmark(List<Problem> problems, String rules, AnswerChecker checker, BenchmarkSettings settings) {
        this.problems = problems;
        this.rules = rules;
        this.checker = checker;
        this.settings = settings;
    }

    /**
     * Runs the benchmark.
     *
     * @param models models with distinct names
     * @param problems problems with reference answers; their domain names the split
     * @param guidance external routes, empty to measure without routes only; and rules, which all prompts carry
     * @param checker decides whether an answer is right
     * @param settings sampling
     * @param progress told of every batch
     * @throws EngineException when there is nothing to measure, a reference answer is missing, or two models share a
     *     name
     * @throws CanceledJobException when {@code progress} was cancelled
     */
    public static BenchmarkResult run(
            List<NamedModel> models,
            List<Problem> problems,
            Guidance guidance,
            AnswerChecker checker,
            BenchmarkSettings settings,
            Progress progress)
            throws CanceledJobException {
        check(models, problems);
        boolean withRules = !guidance.rules().isEmpty();
        Benchmark benchmark = new Benchmark(problems, withRules ? Score.WITH : Score.WITHOUT, checker, settings);
        List<String> modes = guidance.routes().isEmpty() ? List.of(Score.WITHOUT) : List.of(Score.WITHOUT, Score.WITH);
        int runs = models.size() * modes.size();
        int run = 0;
        for (NamedModel model : models) {
            for (String mode : modes) {
                Progress part = progress.sub((double) run / runs, (run + 1.0) / runs);
                run++;
                benchmark.measure(model, mode, mode.equals(Score.WITH) ? guidance : guidance.withoutRoutes(), part);
            }
        }
        if (!guidance.routes().isEmpty()) {
            benchmark.vote(guidance.routes(), progress);
        }
        return new BenchmarkResult(
                List.copyOf(benchmark.scores),
                List.copyOf(benchmark.predictions),
                benchmark.comparisons.rows(models, benchmark.rules, progress));
    }

    private static void check(List<NamedModel> models, List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new EngineException("The problems table is empty. A benchmark needs at least one problem.");
        }
        Set<String> names = new HashSet<>();
        for (NamedModel model : models) {
            if (!names.add(model.name())) {
                throw new EngineException("Two models are called '" + model.name()
                        + "'. Scores are told apart by the model's name: give each model its own.");
            }
        }
        for (Problem problem : problems) {
            if (!problem.hasAnswer()) {
                throw new EngineException("Problem '" + problem.id()
                        + "' has no reference answer. Remove it from the benchmark or fill in its answer.");
            }
        }
    }

    private void measure(NamedModel model, String mode, Guidance guidance, Progress progress)
            throws CanceledJobException {
        List<Answered> answers = Reasoner.answer(model.model(), problems, guidance, checker, settings, progress);
        record(
                model.name(),
                mode,
                rules,
                progress.each(
                        IntStream.range(0, problems.size()).boxed().toList(),
                        i -> prediction(model.name(), mode, problems.get(i), answers.get(i))));
    }

    private void vote(Map<String, List<Route>> routes, Progress progress) throws CanceledJobException {
        RouteVotes votes = new RouteVotes(checker);
        for (String name : RouteVotes.names()) {
            record(
                    name,
                    Score.WITH,
                    Score.WITHOUT,
                    progress.each(
                            problems,
                            problem -> votes.prediction(name, problem, routes.getOrDefault(problem.id(), List.of()))));
        }
    }

    private void record(String model, String mode, String shownRules, List<Prediction> answers) {
        predictions.addAll(answers);
        Map<String, List<Boolean>> correctBySplit = new LinkedHashMap<>();
        for (int i = 0; i < problems.size(); i++) {
            String split = Objects.requireNonNullElse(problems.get(i).domain(), Score.ALL);
            correctBySplit
                    .computeIfAbsent(split, s -> new ArrayList<>())
                    .add(answers.get(i).correct());
        }
        correctBySplit.forEach((split, correct) -> {
            scores.add(score(model, split, mode, shownRules, correct));
            comparisons.add(model, split, mode, correct);
        });
    }

    private Prediction prediction(String model, String mode, Problem problem, Answered answered) {
        boolean correct = answered.answer() != null && checker.matches(answered.answer(), problem.answer());
        return new Prediction(
                model,
                mode,
                rules,
                problem.id(),
                problem.question(),
                problem.answer(),
                answered.completion(),
                answered.answer(),
                correct,
                answered.truncated(),
                answered.error());
    }

    private static Score score(String model, String split, String mode, String rules, List<Boolean> correct) {
        int right = (int) correct.stream().filter(c -> c).count();
        Accuracy accuracy = new Accuracy(right, correct.size());
        return new Score(
                model, split, mode, rules, correct.size(), right, accuracy.value(), accuracy.low(), accuracy.high());
    }
}
