package org.realm4knime.engine.grpo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;
import org.realm4knime.engine.supervised.SupervisedExample;
import org.realm4knime.engine.supervised.SupervisedSettings;
import org.realm4knime.engine.supervised.SupervisedTrainer;
import org.realm4knime.engine.update.OptimizerSettings;
import org.realm4knime.engine.update.TinyModels;

/** Sums of two digits, each with a right and a wrong route, and a model that has seen what to do with them. */
public final class SumProblems {

    private SumProblems() {}

    /** Sums that have one digit, 55 of them. */
    static List<GuidedProblem> all() {
        List<GuidedProblem> problems = new ArrayList<>();
        for (int a = 0; a <= 9; a++) {
            for (int b = 0; a + b <= 9; b++) {
                String id = a + "+" + b;
                Problem problem = new Problem(id, a + " + " + b, String.valueOf(a + b), null, null);
                problems.add(new GuidedProblem(
                        problem, List.of(route(id, 0, a + b, true), route(id, 1, (a + b + 3) % 10, false))));
            }
        }
        return problems;
    }

    /**
     * A model that half knows: it was shown each sum with three results, one of them right, and how to judge routes.
     */
    static LanguageModel beginner(Path folder) throws CanceledJobException {
        LanguageModel model = TinyModels.small(folder, 1);
        List<SupervisedExample> examples = new ArrayList<>();
        for (GuidedProblem item : all()) {
            List<VerifiedRoute> routes = item.routes();
            int answer = Integer.parseInt(item.problem().answer());
            for (int shift : new int[] {0, 2, 5}) {
                examples.add(SupervisedExample.of(
                        model.promptFormat().render(item.problem().question(), List.of(), List.of()),
                        "= " + (answer + shift) % 10));
            }
            for (List<VerifiedRoute> shown : List.of(routes, List.of(routes.get(1), routes.get(0)))) {
                examples.add(SupervisedExample.of(
                        Verification.prompt(model.promptFormat(), item.problem(), List.of(), shown),
                        Verification.target(
                                model.promptFormat(),
                                shown,
                                routes.get(0).route().text())));
            }
        }
        SupervisedSettings settings = SupervisedSettings.of(80, 32, OptimizerSettings.of(5e-3), 1);
        SupervisedTrainer.train(model, examples, List.of(), settings, Progress.silent());
        return model;
    }

    private static VerifiedRoute route(String problemId, int index, int answer, boolean positive) {
        Route route = new Route(problemId, "other", index, "= " + answer, String.valueOf(answer), 2, -0.1, null);
        return new VerifiedRoute(route, positive, false, true, positive ? 1 : 0, 1, "", List.of());
    }
}
