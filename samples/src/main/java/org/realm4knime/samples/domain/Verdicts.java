package org.realm4knime.samples.domain;

import java.util.List;
import java.util.stream.Collectors;

/** What a routed text says about its routes: {@code verify right , wrong 2 , right}. */
public final class Verdicts {

    private Verdicts() {}

    /**
     * A verdict a route, with the first step at which a wrong one leaves the solution.
     *
     * @param routes chains of thought whose steps are separated by semicolons
     * @param solution one with the right answer
     */
    public static String of(List<String> routes, String solution) {
        return routes.stream()
                .map(route -> answer(route) == answer(solution)
                        ? "right"
                        : "wrong " + firstDifference(route.split("; "), solution.split("; ")))
                .collect(Collectors.joining(" , ", "verify ", ""));
    }

    /** The number after the last equals sign. */
    public static int answer(String route) {
        return Integer.parseInt(route.substring(route.lastIndexOf('=') + 1).strip());
    }

    private static int firstDifference(String[] steps, String[] others) {
        int i = 0;
        while (i < steps.length - 1 && i < others.length && steps[i].equals(others[i])) {
            i++;
        }
        return i + 1;
    }
}
