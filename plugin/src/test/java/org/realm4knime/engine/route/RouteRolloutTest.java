package org.realm4knime.engine.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.LocalGenerator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.update.TinyModels;

class RouteRolloutTest {

    private static final List<Problem> PROBLEMS =
            List.of(new Problem("p", "1 + 2", "3", null, null), new Problem("q", "2 + 2", "4", null, null));
    private static final RolloutSettings SETTINGS = new RolloutSettings(3, SamplingSettings.sample(6, 1, 11), 4);

    @TempDir
    static Path folder;

    private static LanguageModel model;

    @BeforeAll
    static void createModel() {
        model = TinyModels.micro(folder, 1);
    }

    @AfterAll
    static void closeModel() {
        model.close();
    }

    @Test
    void everySourceAnswersEveryProblemSeveralTimes() throws CanceledJobException {
        List<Route> routes = run("a", "b");
        assertThat(routes).hasSize(12);
        assertThat(routes.stream().map(r -> r.problemId() + r.source() + r.index()))
                .containsExactly("pa0", "pa1", "pa2", "pb0", "pb1", "pb2", "qa0", "qa1", "qa2", "qb0", "qb1", "qb2");
        assertThat(routes).allSatisfy(route -> {
            assertThat(route.tokens()).isBetween(0, 6);
            assertThat(route.meanLogProb()).isLessThanOrEqualTo(0);
            assertThat(route.failed()).isFalse();
        });
    }

    @Test
    void sourcesDrawDifferentRoutesAndTheSeedRepeatsThem() throws CanceledJobException {
        List<Route> routes = run("a", "b");
        assertThat(routes).isEqualTo(run("a", "b"));
        assertThat(texts(routes, "a")).isNotEqualTo(texts(routes, "b"));
    }

    @Test
    void rulesStandInThePromptAndChangeTheRoutes() throws CanceledJobException {
        RouteSource source = new RouteSource("a", new LocalGenerator(model));
        List<Route> guided = RouteRollout.run(
                PROBLEMS, List.of(new Rule("r", "rule 9", null)), List.of(source), SETTINGS, Progress.silent());
        assertThat(guided).isNotEqualTo(run("a"));
    }

    @Test
    void refusesNoSourceTwoOfOneNameAndNoRoutes() {
        assertThatThrownBy(this::run).isInstanceOf(EngineException.class).hasMessageContaining("at least one model");
        assertThatThrownBy(() -> run("a", "a")).hasMessageContaining("'a'");
        assertThatThrownBy(() -> new RolloutSettings(0, SamplingSettings.sample(6, 1, 11), 4))
                .hasMessageContaining("at least 1");
    }

    private List<Route> run(String... names) throws CanceledJobException {
        List<RouteSource> sources = List.of(names).stream()
                .map(name -> new RouteSource(name, new LocalGenerator(model)))
                .toList();
        return RouteRollout.run(PROBLEMS, List.of(), sources, SETTINGS, Progress.silent());
    }

    private static List<String> texts(List<Route> routes, String source) {
        return routes.stream()
                .filter(r -> r.source().equals(source))
                .map(Route::text)
                .toList();
    }
}
