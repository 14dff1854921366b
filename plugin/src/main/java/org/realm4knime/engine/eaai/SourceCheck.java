package org.realm4knime.engine.eaai;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.realm4knime.engine.mrpv.VerifiedRoute;

/** Looks for routes that are wrong more often for their notation than for their reasoning. */
public final class SourceCheck {

    /** With fewer routes none may be right by chance. */
    private static final int ENOUGH = 20;

    /** Fewer unread routes than this share, and this number, are accidents. */
    private static final double MANY = 0.05;

    private static final int SOME = 5;

    private static final int LONGEST = 60;

    private static final String ADVICE =
            " If these are right, they are written in a way that is not read: let routes end"
                    + " with 'The answer is ...', and write answers as the references are written.";

    private SourceCheck() {}

    /**
     * What to tell the user of sources that are never right.
     *
     * @param verified problems with verified routes; those without a reference answer, and failed routes, do not count
     * @return empty if every source with enough routes is right now and then
     */
    public static Optional<String> neverRight(List<GuidedProblem> verified) {
        Map<String, List<Judged>> bySource = verified.stream()
                .filter(guided -> guided.problem().hasAnswer())
                .flatMap(guided -> guided.routes().stream()
                        .filter(route -> !route.route().failed())
                        .map(route -> new Judged(route, guided.problem().answer())))
                .collect(Collectors.groupingBy(
                        judged -> judged.route().route().source(), TreeMap::new, Collectors.toList()));
        List<String> flaws = bySource.entrySet().stream()
                .filter(source -> source.getValue().size() >= ENOUGH)
                .filter(source -> source.getValue().stream()
                        .noneMatch(judged -> judged.route().positive()))
                .map(source -> flaw(source.getKey(), source.getValue()))
                .toList();
        return flaws.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", flaws) + ADVICE);
    }

    /**
     * What to tell the user of routes whose answer cannot be read, and which count as wrong.
     *
     * @param verified problems with verified routes; failed routes, and those that met the token limit, do not count
     * @param labels the labels, where answers are labels: an answer that is none of them is not read
     * @return empty if they are few
     */
    public static Optional<String> unread(List<GuidedProblem> verified, List<String> labels) {
        List<VerifiedRoute> routes = verified.stream()
                .flatMap(guided -> guided.routes().stream())
                .filter(route -> !route.route().failed() && !route.route().truncated())
                .toList();
        List<VerifiedRoute> unread = routes.stream()
                .filter(route -> route.route().answer() == null
                        || !labels.isEmpty() && !labels.contains(route.route().answer()))
                .toList();
        if (unread.size() < SOME || unread.size() < MANY * routes.size()) {
            return Optional.empty();
        }
        return Optional.of(
                ("%d of %d routes have no answer that could be read, so they count as wrong. The first of them"
                                + " ends with '%s'. Let routes end with 'The answer is ...'%s.")
                        .formatted(
                                unread.size(),
                                routes.size(),
                                end(unread.get(0).route().text()),
                                labels.isEmpty() ? "" : " and one of the labels: " + String.join(", ", labels)));
    }

    private record Judged(VerifiedRoute route, String reference) {}

    private static String flaw(String source, List<Judged> routes) {
        Judged first = routes.get(0);
        return "None of the %d routes of '%s' is right; the first one ends with '%s', where '%s' is right."
                .formatted(routes.size(), source, end(first.route().route().text()), first.reference());
    }

    private static String end(String text) {
        String line = text.strip().lines().reduce((a, b) -> b).orElse("");
        return line.length() <= LONGEST ? line : "..." + line.substring(line.length() - LONGEST);
    }
}
