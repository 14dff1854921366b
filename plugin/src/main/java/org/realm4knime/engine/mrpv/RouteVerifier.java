package org.realm4knime.engine.mrpv;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.realm4knime.engine.answer.AnswerChecker;
import org.realm4knime.engine.answer.MathText;
import org.realm4knime.engine.arithmetic.Claim;
import org.realm4knime.engine.arithmetic.Claims;
import org.realm4knime.engine.arithmetic.StepNormalizer;
import org.realm4knime.engine.problem.Problem;
import org.realm4knime.engine.route.Route;

/**
 * Multi-route process verification (MRPV): labels, scores and explains the routes to a problem.
 *
 * <ol>
 *   <li><em>Outcome.</em> A route is positive if its answer agrees with the reference, or, without a reference, with
 *       the weighted majority of the routes.
 *   <li><em>Process.</em> The arithmetic claims of every step are recomputed; the routes' steps form a
 *       {@link PrefixTree}, whose V after step i is v(i), and v(0) that of all routes. The credit of step i is v(i) -
 *       v(i-1).
 *   <li><em>Process score.</em> S = (v(1) + ... + v(m)) / n for a route of n steps whose first m hold no wrong claim up
 *       to the first that does: the mean value of its steps, where nothing after a wrong claim counts. As 0 &lt; v &lt;
 *       1 and m &le; n, S lies in [0, 1); it is 0 if the first step is wrong or there is none, and never above the
 *       largest v.
 *   <li><em>Decisive step.</em> Of a negative route the first step with a wrong claim; else, where it shares no step
 *       with any positive route, as a source may write in a style of its own, the first step with a number that neither
 *       the question nor a positive route has; else the one with the largest fall of V; else, where V never falls, the
 *       first that no positive route takes; else the last, where its answer stands. Of a positive route the step with
 *       the largest rise of V, if there is one. Of equal ones the first.
 * </ol>
 *
 * <p>Routes that failed are negative, have no steps and do not count in the tree or the vote.
 */
public final class RouteVerifier {

    /** A number in a normalised step. */
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");

    /** Smaller changes of V are rounding. */
    private static final double NO_CHANGE = 1e-12;

    private final AnswerChecker checker;
    private final VerifierSettings settings;

    /** A route taken apart. */
    private record Parts(Route route, List<String> steps, List<String> normal, List<List<Claim>> claims) {

        static Parts of(Route route, AnswerChecker checker) {
            if (route.failed()) {
                return new Parts(route, List.of(), List.of(), List.of());
            }
            List<String> steps = StepSplitter.split(route.text());
            Route answered = route.answer() != null
                    ? route
                    : route.withAnswer(
                            checker.extract(route.text(), route.truncated()).orElse(null));
            return new Parts(
                    answered,
                    steps,
                    steps.stream().map(StepNormalizer::normalize).toList(),
                    steps.stream().map(Claims::in).toList());
        }

        boolean answers() {
            return !route.failed() && route.answer() != null;
        }

        Optional<Claim> firstWrongClaim() {
            return claims.stream()
                    .flatMap(List::stream)
                    .filter(claim -> !claim.valid())
                    .findFirst();
        }

        /** From 1; 0 if all claims hold. */
        int firstWrongStep() {
            return 1
                    + IntStream.range(0, steps.size())
                            .filter(i -> claims.get(i).stream().anyMatch(claim -> !claim.valid()))
                            .findFirst()
                            .orElse(-1);
        }

        double weight(VoteWeight kind) {
            if (kind == VoteWeight.EQUAL) {
                return 1;
            }
            List<Claim> all = claims.stream().flatMap(List::stream).toList();
            double valid = all.stream().filter(Claim::valid).count();
            double share = all.isEmpty() ? 1 : valid / all.size();
            boolean likely = kind == VoteWeight.PROBABILITY && !Double.isNaN(route.meanLogProb());
            return likely ? share * Math.exp(route.meanLogProb()) : share;
        }
    }

    /** What all routes of a problem are judged by. */
    private record Standard(
            Problem problem,
            Optional<MajorityVote> majority,
            PrefixTree tree,
            List<Parts> positives,
            Set<String> takenSteps,
            Set<String> knownNumbers) {}

    /**
     * A verifier.
     *
     * @param checker how answers are found and compared
     * @param settings how routes are verified
     */
    public RouteVerifier(AnswerChecker checker, VerifierSettings settings) {
        this.checker = Objects.requireNonNull(checker, "checker");
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /**
     * Verifies the routes to one problem against its reference answer and against each other.
     *
     * @param problem the problem; without an answer the weighted majority of the routes decides
     * @param routes routes to this problem
     * @return the same routes in the same order, judged; their answer is filled in where it was missing
     */
    public List<VerifiedRoute> verify(Problem problem, List<Route> routes) {
        List<Parts> parts =
                routes.stream().map(route -> Parts.of(route, checker)).toList();
        Optional<MajorityVote> majority = problem.hasAnswer() ? Optional.empty() : vote(parts);
        PrefixTree tree = new PrefixTree(settings.smoothing());
        List<Parts> positives = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        Set<String> known =
                numbers(StepNormalizer.normalize(problem.question())).collect(Collectors.toCollection(HashSet::new));
        for (Parts part : parts) {
            boolean positive = positive(part, problem, majority);
            if (!part.route().failed()) {
                tree.add(part.normal(), positive);
            }
            if (positive) {
                positives.add(part);
                taken.addAll(part.normal());
                part.normal().stream().flatMap(RouteVerifier::numbers).forEach(known::add);
            }
        }
        Standard standard = new Standard(problem, majority, tree, positives, taken, known);
        return parts.stream().map(part -> judge(part, standard)).toList();
    }

    /**
     * The answer that most routes give, by the vote weight of the settings.
     *
     * @param routes routes to one problem
     * @return the answer as the first of its routes gives it; empty if no route has an answer
     */
    public Optional<String> majority(List<Route> routes) {
        return vote(routes.stream().map(route -> Parts.of(route, checker)).toList())
                .map(MajorityVote::answer);
    }

    private Optional<MajorityVote> vote(List<Parts> parts) {
        return MajorityVote.of(
                parts.stream()
                        .filter(Parts::answers)
                        .map(part -> new MajorityVote.Ballot(part.route().answer(), part.weight(settings.voteWeight())))
                        .toList(),
                checker);
    }

    private boolean positive(Parts part, Problem problem, Optional<MajorityVote> majority) {
        if (!part.answers()) {
            return false;
        }
        String right =
                problem.hasAnswer() ? problem.answer() : majority.orElseThrow().answer();
        return checker.matches(part.route().answer(), right);
    }

    private VerifiedRoute judge(Parts part, Standard standard) {
        boolean positive = standard.positives().contains(part);
        double[] values = standard.tree().values(part.normal());
        int decisive = positive ? largestRise(values) : decisiveStepOfNegative(part, values, standard);
        return new VerifiedRoute(
                part.route(),
                positive,
                !standard.problem().hasAnswer(),
                part.firstWrongStep() == 0,
                processScore(part, values),
                decisive,
                MathText.withPlainSpaces(reason(part, positive, decisive, standard)),
                StepVerdict.of(part.steps(), values, part.claims()));
    }

    private static double processScore(Parts part, double[] values) {
        int wrong = part.firstWrongStep();
        int count = part.steps().size();
        double sum = IntStream.range(1, wrong == 0 ? count + 1 : wrong)
                .mapToDouble(i -> values[i])
                .sum();
        return count == 0 ? 0 : sum / count;
    }

    private static int largestRise(double[] values) {
        int best = 0;
        double rise = NO_CHANGE;
        for (int i = 1; i < values.length; i++) {
            if (values[i] - values[i - 1] > rise + NO_CHANGE) {
                best = i;
                rise = values[i] - values[i - 1];
            }
        }
        return best;
    }

    private static int decisiveStepOfNegative(Parts part, double[] values, Standard standard) {
        int wrong = part.firstWrongStep();
        if (wrong > 0) {
            return wrong;
        }
        if (!standard.positives().isEmpty() && part.normal().stream().noneMatch(standard.takenSteps()::contains)) {
            return 1
                    + firstStep(part, step -> numbers(step)
                            .anyMatch(n -> !standard.knownNumbers().contains(n)));
        }
        int fall = largestRise(
                IntStream.range(0, values.length).mapToDouble(i -> -values[i]).toArray());
        if (fall > 0 || standard.positives().isEmpty()) {
            return fall > 0 ? fall : part.steps().size();
        }
        return 1 + firstStep(part, step -> !standard.takenSteps().contains(step));
    }

    /** From 0; the last step if none is such. */
    private static int firstStep(Parts part, Predicate<String> isSuch) {
        return IntStream.range(0, part.normal().size())
                .filter(i -> isSuch.test(part.normal().get(i)))
                .findFirst()
                .orElse(part.steps().size() - 1);
    }

    private static Stream<String> numbers(String normal) {
        return NUMBER.matcher(normal).results().map(MatchResult::group);
    }

    private String reason(Parts part, boolean positive, int decisive, Standard standard) {
        if (part.route().failed()) {
            return "no route: " + part.route().error().lines().findFirst().orElse("the source failed");
        }
        if (part.route().answer() == null) {
            return part.route().truncated() ? "no answer found before the token limit" : "no answer found";
        }
        Optional<String> claim = part.firstWrongClaim().map(Claim::reason);
        String right = standard.majority()
                .map(vote -> "the majority's answer " + vote)
                .orElse(standard.problem().answer());
        if (positive) {
            return claim.map(wrong -> "right answer, wrong reason: " + wrong)
                    .orElse(standard.majority().isPresent() ? "agrees with " + right : "ends in " + right);
        }
        return claim.or(() -> parting(part, decisive, standard))
                .orElse(part.route().answer() + " is not " + right);
    }

    /** What a positive route that went along with this one up to the decisive step says there instead. */
    private static Optional<String> parting(Parts part, int decisive, Standard standard) {
        if (decisive == 0) {
            return Optional.empty();
        }
        List<String> before = part.normal().subList(0, decisive - 1);
        return standard.positives().stream()
                .filter(positive -> positive.steps().size() >= decisive
                        && positive.normal().subList(0, decisive - 1).equals(before)
                        && !positive.normal()
                                .get(decisive - 1)
                                .equals(part.normal().get(decisive - 1)))
                .min((a, b) -> Boolean.compare(a.firstWrongStep() > 0, b.firstWrongStep() > 0))
                .map(positive ->
                        "a right route says \"" + shortened(positive.steps().get(decisive - 1)) + "\", not \""
                                + shortened(part.steps().get(decisive - 1)) + "\"");
    }

    private static String shortened(String step) {
        return step.length() <= 80 ? step : step.substring(0, 77) + "...";
    }
}
