package org.realm4knime.engine.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.generate.TextGenerator;
import org.realm4knime.engine.generate.Written;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;
import org.realm4knime.engine.route.Route;

/** Lets a model answer problems, alone or with external routes and rules in the prompt. */
public final class Reasoner {

    private Reasoner() {}

    /**
     * Answers every problem once.
     *
     * @param model the model
     * @param problems problems; their reference answers are not looked at
     * @param guidance what prompts show; a problem without routes is asked without. Routes are unlabelled and shuffled,
     *     so that their order tells nothing
     * @param checker extracts the answer
     * @param settings sampling
     * @param progress told of every batch
     * @return answers in the order of the problems
     * @throws CanceledJobException when {@code progress} was cancelled
     */
    public static List<Answered> answer(
            TextGenerator model,
            List<Problem> problems,
            Guidance guidance,
            AnswerChecker checker,
            BenchmarkSettings settings,
            Progress progress)
            throws CanceledJobException {
        Random random = new Random(settings.sampling().seed());
        List<String> prompts = progress.each(
                problems,
                p -> model.prompt(
                        p.question(),
                        Rule.textsFor(p, guidance.rules()),
                        shuffledTexts(guidance.routes().getOrDefault(p.id(), List.of()), random)));
        List<List<Written>> texts = model.generate(prompts, 1, settings.sampling(), settings.batchSize(), progress);
        return progress.each(
                IntStream.range(0, problems.size()).boxed().toList(),
                i -> answered(
                        model, problems.get(i), prompts.get(i), texts.get(i).get(0), checker));
    }

    private static List<String> shuffledTexts(List<Route> routes, Random random) {
        List<String> texts = new ArrayList<>(
                routes.stream().filter(r -> r.error() == null).map(Route::text).toList());
        Collections.shuffle(texts, random);
        return texts;
    }

    private static Answered answered(
            TextGenerator model, Problem problem, String prompt, Written written, AnswerChecker checker) {
        String reasoning = Verification.parse(model.promptFormat(), written.text())
                .solution()
                .strip();
        return new Answered(
                problem.id(),
                prompt,
                written.text().strip(),
                reasoning,
                checker.extract(reasoning, written.truncated()).orElse(null),
                written.truncated(),
                written.meanLogProb(),
                written.error());
    }
}
