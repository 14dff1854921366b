package org.realm4knime.engine.route;

import java.util.List;
import java.util.stream.Stream;

/** What the fields of recorded routes are called, in files and in tables; the surest name first. */
public final class RouteFields {

    /** The problem that a route answers. */
    public static final List<String> PROBLEM_IDS =
            List.of("problem id", "question id", "qid", "id", "uuid", "unique id", "custom id");

    /** The chain of thought. */
    public static final List<String> TEXTS = List.of(
            "text",
            "route text",
            "completion",
            "reasoning",
            "rationale",
            "response",
            "output",
            "generation",
            "solution",
            "chain of thought",
            "cot");

    /** The chain of thought, or a list of several. */
    static final List<String> ALL_TEXTS = Stream.concat(
                    TEXTS.stream(), Stream.of("completions", "generations", "responses", "samples", "outputs"))
            .toList();

    /** The model that wrote it. */
    public static final List<String> SOURCES = List.of("source", "model");

    /** A route's own answer; a field answer is the problem's. */
    public static final List<String> OWN_ANSWERS = List.of(
            "route answer", "model answer", "predicted answer", "predicted", "prediction", "extracted answer", "pred");

    /** What the Multi-Route Rollout writes beside the routes' answers, and no data set has. */
    public static final List<String> MEAN_LOG_PROBS = List.of("mean log-probability", "mean log prob");

    /** Source of routes that name none. */
    public static final String UNKNOWN_SOURCE = "recorded";

    private RouteFields() {}
}
