package org.realm4knime.engine.grpo;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.realm4knime.engine.eaai.GuidanceSelector;
import org.realm4knime.engine.eaai.GuidedProblem;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.PromptFormat;
import org.realm4knime.engine.mrpv.Verification;
import org.realm4knime.engine.mrpv.VerifiedRoute;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.problem.Rule;

/** Writes the prompts of a training: with the routes and rules that the guidance rate draws, and without any. */
final class PromptWriter {

    private final LanguageModel model;
    private final List<Rule> rules;
    private final double rulesShare;
    private final int routesPerPrompt;
    private final GuidanceSelector selector;

    /**
     * Creates a writer.
     *
     * @param model gives the prompt format and the chat template
     * @param rules the domain's rules; may be empty
     * @param settings how many routes and rules a prompt shows
     */
    PromptWriter(LanguageModel model, List<Rule> rules, GuidanceSettings settings) {
        this.model = model;
        this.rules = rules;
        rulesShare = settings.rulesShare();
        routesPerPrompt = settings.routesPerPrompt();
        selector = new GuidanceSelector(settings.draw(), routesPerPrompt);
    }

    /**
     * Draws a prompt.
     *
     * @param item problem and its routes
     * @param rate guidance rate, in [0, 1]
     * @param random where chance comes from
     * @return the prompt
     */
    TrainingPrompt draw(GuidedProblem item, double rate, RandomGenerator random) {
        List<VerifiedRoute> shown = selector.select(item.routes(), rate, random);
        boolean withRules = random.nextDouble() < rulesShare * rate;
        return write(item.problem(), shown, withRules);
    }

    /** The longest prompt that {@link #draw} can give for a problem. */
    TrainingPrompt longest(GuidedProblem item) {
        List<VerifiedRoute> routes = item.routes().stream()
                .sorted(Comparator.comparingInt(route -> -route.route().text().length()))
                .limit(routesPerPrompt)
                .toList();
        return write(item.problem(), routes, rulesShare > 0);
    }

    /** The prompt with all the help that it may show: the first routes, and the rules where prompts show any. */
    TrainingPrompt full(GuidedProblem item) {
        List<VerifiedRoute> routes = item.routes().stream()
                .filter(route -> !route.route().failed())
                .limit(routesPerPrompt)
                .toList();
        return write(item.problem(), routes, rulesShare > 0);
    }

    /** The prompt of a problem without routes and rules: what the model will be asked after training. */
    TrainingPrompt plain(Problem problem) {
        return write(problem, List.of(), false);
    }

    /** The prompt of a problem with these routes, and without rules. */
    TrainingPrompt showing(Problem problem, List<VerifiedRoute> routes) {
        return write(problem, routes, false);
    }

    /** Tokens of a prompt that shows routes, and of right verdicts on them: what is left to write is the solution. */
    int[] judged(TrainingPrompt prompt) {
        return model.tokenizer().encode(prompt.text() + Verification.target(format(), prompt.shown(), ""));
    }

    /** The model's prompt format. */
    PromptFormat format() {
        return model.promptFormat();
    }

    private TrainingPrompt write(Problem problem, List<VerifiedRoute> shown, boolean withRules) {
        List<String> texts = withRules ? Rule.textsFor(problem, rules) : List.of();
        List<String> routes =
                shown.stream().map(verified -> verified.route().text()).toList();
        String text = model.prompt(problem.question(), texts, routes);
        return new TrainingPrompt(problem, shown, texts, text, model.tokenizer().encode(text));
    }
}
