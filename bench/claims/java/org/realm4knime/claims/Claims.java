package org.realm4knime.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

/** The four claims, each with what was measured and whether it holds. */
final class Claims {

    private static final String TEST = "test";
    private static final String HARDER = "harder";
    private static final String RIVAL = "rft";

    /**
     * A claim.
     *
     * @param number of the claim
     * @param text what is claimed
     * @param measured the figure, in accuracy
     * @param holds whether it is met, its interval included
     */
    record Claim(int number, String text, Difference measured, boolean holds) {}

    private final Comparison comparison;
    private final Answers answers;
    private final List<Method> methods;
    private final List<Claim> claims = new ArrayList<>();

    private Claims(Answers answers, List<Method> methods) {
        this.answers = answers;
        this.methods = methods;
        comparison = new Comparison(answers);
    }

    /** Those claims for which there are the arms. */
    static List<Claim> of(Answers answers, List<Method> methods) {
        Claims claims = new Claims(answers, methods);
        Method.names(methods, Plan.Group.METHOD).stream().findFirst().ifPresent(claims::about);
        return claims.claims;
    }

    private void about(String method) {
        lead(method, true, 0.042);
        lead(method, false, 0.026);
        for (Method part : methods) {
            if (part.group() == Plan.Group.ABLATION) {
                cost(method, part, false);
                cost(method, part, true);
            }
        }
        if (answers.has(TEST, method, true) && answers.has(TEST, method, false)) {
            Difference gap = comparison.autonomyGap(TEST, method);
            add(3, "with routes minus without, at most 3 points", gap, gap.mean() <= 0.03);
        }
        if (!comparison.domainsOfBoth(TEST, HARDER, false, method, RIVAL).isEmpty()) {
            Difference saved = comparison.lossSaved(TEST, HARDER, false, method, RIVAL);
            add(4, "loses fewer points from test to harder than RFT, without routes", saved, saved.low() > 0);
            Difference kept = comparison.keptMore(TEST, HARDER, false, method, RIVAL);
            add(4, "keeps more of its own test accuracy on harder than RFT, in percent of it", kept, kept.low() > 0);
        }
    }

    private void lead(String method, boolean withRoutes, double target) {
        Optional<String> rival = comparison.best(TEST, withRoutes, Method.names(methods, Plan.Group.BASELINE));
        if (rival.isEmpty()
                || answers.domains(TEST, withRoutes, method, rival.get()).isEmpty()) {
            return;
        }
        String best = rival.get();
        Difference gain = comparison.gain(TEST, withRoutes, method, best);
        String text = String.format(
                Locale.ROOT,
                "%s routes ahead of the best baseline %s (%s) by at least %.1f points",
                withRoutes ? "with" : "without",
                withRoutes ? "with" : "without",
                title(best),
                100 * target);
        add(1, text + over(withRoutes, method, best), gain, gain.mean() >= target && gain.low() > 0);
    }

    private void cost(String method, Method part, boolean withRoutes) {
        if (answers.domains(TEST, withRoutes, method, part.name()).isEmpty()) {
            return;
        }
        Difference gain = comparison.gain(TEST, withRoutes, method, part.name());
        String text = "ahead of " + part.title() + (withRoutes ? ", with routes" : ", without routes");
        add(2, text + over(withRoutes, method, part.name()), gain, gain.low() > 0);
    }

    /** In how many domains both were measured, where it is not all. */
    private String over(boolean withRoutes, String method, String other) {
        int domains = answers.domains(TEST, withRoutes, method, other).size();
        int all = answers.domains().size();
        return domains == all ? "" : "; in %d of %d domains".formatted(domains, all);
    }

    private String title(String name) {
        Optional<Method> found =
                methods.stream().filter(method -> method.name().equals(name)).findFirst();
        return found.map(Method::title).orElse(name);
    }

    private void add(int number, String text, Difference measured, boolean holds) {
        if (!Double.isFinite(measured.mean())) {
            return; // a share of nothing
        }
        claims.add(new Claim(number, text, measured, holds));
    }
}
