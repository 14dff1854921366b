package org.realm4knime.engine.mrpv;

import java.util.List;

/** Pairs right routes with wrong ones. */
public final class Contrasts {

    private Contrasts() {}

    /**
     * Every pair of a right and a wrong route to a problem, those first that part early and cleanly.
     *
     * @param problemId the problem
     * @param routes its verified routes
     * @param limit the most pairs to give
     * @return the pairs, best first
     */
    public static List<Contrast> of(String problemId, List<VerifiedRoute> routes, int limit) {
        throw new UnsupportedOperationException("lands next");
    }
}
